using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ComposeLab.Cmdlets.Tests.Swarm;

/// <summary>An engine that is a node of a swarm, or could become one: answers the calls about swarms and records those that change something.</summary>
internal sealed class SwarmServer : IDisposable
{
    public const string WorkerToken = "SWMTKN-1-worker-secret";
    public const string ManagerToken = "SWMTKN-1-manager-secret";

    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _changes = new();
    private readonly ConcurrentQueue<string> _reads = new();
    private readonly string _id;
    private string _state;

    /// <summary>Starts to listen.</summary>
    /// <param name="id">The id that it has as a node, or gets.</param>
    /// <param name="state">The state of swarm mode, such as active.</param>
    public SwarmServer(string id, string state)
    {
        _id = id;
        _state = state;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Host = $"tcp://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add(Host.Replace("tcp:", "http:", StringComparison.Ordinal) + "/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Host { get; }

    /// <summary>The nodes of the swarm, by id; managers begin with m.</summary>
    public List<string> Nodes { get; } = [];

    /// <summary>The answer to a list of tasks.</summary>
    public string Tasks { get; set; } = "[]";

    /// <summary>The answer to a list of services.</summary>
    public string Services { get; set; } = "[]";

    /// <summary>The answer to a list of the containers of swarm stacks; there are no others.</summary>
    public string Containers { get; set; } = "[]";

    /// <summary>Further answers, by path.</summary>
    public Dictionary<string, string> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>The paths of the answered questions so far.</summary>
    public IReadOnlyList<string> Reads => [.. _reads];

    /// <summary>The changes so far: the method, the path and the body.</summary>
    public IReadOnlyList<string> Changes => [.. _changes];

    /// <summary>Called for a change.</summary>
    public Action<string>? Changing { get; set; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext call = await _listener.GetContextAsync();
                string path = call.Request.Url!.PathAndQuery;
                path = path.StartsWith("/v1.", StringComparison.Ordinal) ? path[path.IndexOf('/', 1)..] : path;
                using var reader = new StreamReader(call.Request.InputStream);
                (int status, string body) = Answer(call.Request.HttpMethod, path, await reader.ReadToEndAsync());
                call.Response.StatusCode = status;
                call.Response.ContentType = "application/json";
                await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                call.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private (int Status, string Body) Answer(string method, string path, string body)
    {
        if (method != "GET" && method != "HEAD")
        {
            _changes.Enqueue($"{method} {path} {body}".TrimEnd());
            Changing?.Invoke(path);
            _state = path is "/swarm/init" or "/swarm/join" ? "active" : path.StartsWith("/swarm/leave", StringComparison.Ordinal) ? "inactive" : _state;
            if (path == "/swarm/init")
            {
                Nodes.Add(_id);
            }

            return (200, path == "/swarm/init" ? $"\"{_id}\"" : "");
        }

        string asked = path.Split('?')[0];
        _reads.Enqueue(asked);
        return asked switch
        {
            _ when Answers.TryGetValue(asked, out string? answer) => (200, answer),
            "/version" => (200, """{"ApiVersion":"1.43","Version":"24.0.0","Os":"linux","Arch":"amd64"}"""),
            "/info" => (200, $$$"""{"Name":"host-{{{_id}}}","Swarm":{"NodeID":"{{{(_state == "active" ? _id : "")}}}","LocalNodeState":"{{{_state}}}","ControlAvailable":{{{(Nodes.Contains(_id) ? "true" : "false")}}}}}"""),
            "/swarm" => (200, $$$"""{"ID":"x","JoinTokens":{"Worker":"{{{WorkerToken}}}","Manager":"{{{ManagerToken}}}"}}"""),
            "/nodes" when _state == "active" => (200, $"[{string.Join(',', Nodes.Select(Node))}]"),
            "/tasks" when _state == "active" => (200, Tasks),
            "/services" when _state == "active" && Nodes.Contains(_id) => (200, Services),
            "/nodes" or "/services" or "/tasks" => (503, """{"message":"This node is not a swarm manager."}"""),
            "/containers/json" => (200, path.Contains("com.docker.stack.namespace", StringComparison.Ordinal) ? Containers : "[]"),
            _ => (200, "OK"),
        };
    }

    private static string Node(string id) =>
        $$$"""{"ID":"{{{id}}}","Version":{"Index":7},"Spec":{"Role":"{{{(id[0] == 'm' ? "manager" : "worker")}}}","Availability":"active"},"Description":{"Hostname":"{{{id}}}"},"Status":{"State":"ready","Addr":"10.0.0.1"}{{{(id[0] == 'm' ? ",\"ManagerStatus\":{\"Leader\":true,\"Reachability\":\"reachable\",\"Addr\":\"10.0.0.1:2377\"}" : "")}}}}""";
}
