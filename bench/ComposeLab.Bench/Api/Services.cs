using System.Diagnostics;
using System.Globalization;
using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Api;

/// <summary>How the two services are started: ours as the program of its prod image, the peer as its author would run it for speed.</summary>
internal static class Services
{
    private const string Python = "/usr/bin/python3";
    private const string Packages = "python3-fastapi uvicorn python3-uvloop python3-httptools python3-psycopg";

    /// <summary>Ours.</summary>
    /// <param name="program">The program, taken from the image.</param>
    public static Func<int, ProcessStartInfo> Ours(string program) => port =>
        new ProcessStartInfo(program) { Environment = { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}", ["ASPNETCORE_HTTP_PORTS"] = null } };

    /// <summary>The peer: FastAPI on uvicorn with uvloop and httptools, psycopg.</summary>
    /// <exception cref="BenchmarkUnavailableException">A package is missing.</exception>
    public static Func<int, ProcessStartInfo> Peer()
    {
        var (code, _, _) = new Command(Python, ["-c", "import fastapi, uvicorn, uvloop, httptools, psycopg"]).Outcome();
        return code != 0
            ? throw new BenchmarkUnavailableException($"the peer's packages are missing; type: apt-get install {Packages}")
            : port => new ProcessStartInfo(
                Python,
                ["-m", "uvicorn", "main:app", "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "error",
                    "--port", port.ToString(CultureInfo.InvariantCulture)])
            {
                WorkingDirectory = Repository.At("bench/seed-service"),
            };
    }
}
