using System.Runtime.InteropServices;
using System.Text;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;

namespace ComposeLab.Compose.Tests.Hostile;

/// <summary>Files that try to break a reader: each results in one error, quickly and without much memory.</summary>
public sealed class HostileInputTests : IDisposable
{
    private const int Patience = 2_000;
    private const long Memory = 200L * 1024 * 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-hostile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Aliases_that_multiply() => Refused("compose.yaml", Bomb("&a0 [x,x,x,x,x,x,x,x,x]", level => $"&a{level} [{string.Join(',', Enumerable.Repeat($"*a{level - 1}", 9))}]"));

    [Fact]
    public void Merge_keys_that_multiply() => Refused("compose.yaml", Bomb("&a0 {k: v}", level => $"&a{level} {{<<: [{string.Join(',', Enumerable.Repeat($"*a{level - 1}", 9))}], k{level}: {{<<: *a{level - 1}}}}}", levels: 200));

    [Fact]
    public void A_million_brackets() => Refused("compose.yaml", "services: " + new string('[', 1_000_000));

    [Fact]
    public void A_million_closed_brackets() => Refused("compose.yaml", "services: " + new string('[', 1_000_000) + new string(']', 1_000_000));

    [Fact]
    public void A_million_braces() => Refused("compose.yaml", "services: " + string.Concat(Enumerable.Repeat("{a: ", 1_000_000)));

    [Fact]
    public void A_million_dashes() => Refused("compose.yaml", "services:\n" + string.Concat(Enumerable.Repeat("- ", 1_000_000)));

    [Fact]
    public void A_million_questions() => Refused("compose.yaml", string.Concat(Enumerable.Repeat("? ", 1_000_000)));

    [Fact]
    public void Fifty_megabytes() => Refused("compose.yaml", "services: {a: {image: i}}\n#" + new string('x', 50 * 1024 * 1024));

    [Fact]
    public void Two_million_values_in_four_megabytes() => Refused("compose.yaml", "x-a: [" + string.Concat(Enumerable.Repeat("1,", 2_000_000)) + "1]");

    [Fact]
    public void Two_hundred_thousand_services() => Refused(
        "compose.yaml", "services: {" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"s{i}: {{image: i}},")) + "}");

    [Fact]
    public void Bytes_at_random()
    {
        var bytes = new byte[1024 * 1024];
        new Random(1).NextBytes(bytes);
        Refused("compose.yaml", bytes);
    }

    [Fact]
    public void Invalid_UTF8() => Refused("compose.yaml", [.. "services: {a: {image: \""u8, 0xC3, 0x28, .. "\"}}"u8]);

    [Fact]
    public void The_character_zero() => Refused("compose.yaml", "services: {a: {image: \"\0\"}}");

    [Fact]
    public void A_key_twice() => Refused("compose.yaml", "services: {a: {image: i}, a: {image: j}}");

    [Fact]
    public void A_hundred_thousand_keys_and_one_twice() => Refused("compose.yaml", "x-a: {" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: 1,")) + "k0: 1}\n");

    [Fact]
    public void An_alias_inside_itself() => Refused("compose.yaml", "services: &s {a: *s}");

    [Fact]
    public void An_alias_in_the_merge_key_of_itself() => Refused("compose.yaml", "services:\n  a: &s\n    <<: *s\n");

    [Fact]
    public void A_file_that_includes_itself() => Refused("compose.yaml", "include: [compose.yaml]\nservices: {a: {image: i}}\n");

    [Fact]
    public void Files_that_include_each_other()
    {
        Write("b.yaml", "include: [compose.yaml]\nservices: {b: {image: i}}\n"u8);
        Refused("compose.yaml", "include: [b.yaml]\nservices: {a: {image: i}}\n");
    }

    [Fact]
    public void Services_that_extend_each_other() => Refused("compose.yaml", "services: {a: {extends: b}, b: {extends: a}}");

    [Fact]
    public void Files_that_extend_each_other()
    {
        Write("b.yaml", "services: {b: {extends: {file: compose.yaml, service: a}}}\n"u8);
        Refused("compose.yaml", "services: {a: {extends: {file: b.yaml, service: b}}}\n");
    }

    [Fact]
    public void A_chain_of_ten_thousand_extends() => Refused(
        "compose.yaml", "services:\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"  s{i}: {{extends: s{i + 1}}}\n")));

    [Fact]
    public void An_env_file_that_is_a_folder()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "e"));
        Refused("compose.yaml", "services: {a: {image: i, env_file: e}}");
    }

    [Fact]
    public void An_env_file_that_is_a_silent_pipe()
    {
        MakePipe("e");
        Refused("compose.yaml", "services: {a: {image: i, env_file: e}}");
    }

    [Fact]
    public void A_compose_file_that_is_a_silent_pipe()
    {
        MakePipe("compose.yaml");
        Refused();
    }

    [Fact]
    public void A_dotenv_that_is_a_silent_pipe()
    {
        MakePipe(".env");
        Refused("compose.yaml", "services: {a: {image: i}}");
    }

    [Fact]
    public void A_compose_file_that_is_a_folder()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "compose.yaml"));
        Refused();
    }

    [Fact]
    public void An_endless_device()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "e"), "/dev/zero");
        Refused("compose.yaml", "services: {a: {image: i, env_file: e}}");
    }

    [Fact]
    public void An_endless_device_as_compose_file()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "compose.yaml"), "/dev/zero");
        Refused();
    }

    [Fact]
    public void A_million_open_expressions() => Refused("compose.yaml", "services: {a: {image: '" + string.Concat(Enumerable.Repeat("${", 1_000_000)) + "'}}");

    [Fact]
    public void A_million_nested_defaults() => Refused(
        "compose.yaml", "services: {a: {image: '" + string.Concat(Enumerable.Repeat("${A:-", 1_000_000)) + new string('}', 1_000_000) + "'}}");

    [Fact]
    public void Variables_that_multiply()
    {
        Write(".env", Encoding.UTF8.GetBytes("A0=xxxxxxxxxx\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"A{i}={string.Concat(Enumerable.Repeat($"${{A{i - 1}}}", 10))}\n"))));
        Refused("compose.yaml", "services: {a: {image: '${A30}'}}");
    }

    [Fact]
    public void An_env_file_with_a_million_open_expressions()
    {
        Write("e", Encoding.UTF8.GetBytes("A=" + string.Concat(Enumerable.Repeat("${", 1_000_000))));
        Refused("compose.yaml", "services: {a: {image: i, env_file: e}}");
    }

    [Fact]
    public void An_env_file_with_an_open_quote_and_a_million_lines()
    {
        Write("e", Encoding.UTF8.GetBytes("A=\"" + new string('\n', 1_000_000)));
        Refused("compose.yaml", "services: {a: {image: i, env_file: e}}");
    }

    [Fact]
    public void Keys_with_line_feeds() => Refused("compose.yaml", "services:\n  a:\n    image: i\n    \"im\\nage\": j\n");

    [Fact]
    public void A_key_of_a_megabyte() => Refused("compose.yaml", $"services: {{a: {{image: i, \"{new string('k', 1024 * 1024)}\": 1}}}}");

    [Fact]
    public void A_port_range_of_the_whole_world() => Refused("compose.yaml", "services: {a: {image: i, ports: ['1-99999999:1-99999999']}}");

    [Fact]
    public void A_name_of_a_megabyte() => Refused("compose.yaml", $"name: \"{new string('!', 1024 * 1024)}\"\nservices: {{a: {{image: [i]}}}}");

    [Fact]
    public void A_chain_of_a_thousand_includes()
    {
        for (var index = 0; index < 1_000; index++)
        {
            Write($"f{index}.yaml", Encoding.UTF8.GetBytes($"include: [f{index + 1}.yaml]\n"));
        }

        Refused("compose.yaml", "include: [f0.yaml]\nservices: {a: {image: i}}\n");
    }

    [Fact]
    public void Files_that_each_include_the_next_one_twice()
    {
        for (var index = 0; index < 80; index++)
        {
            Write($"f{index}.yaml", Encoding.UTF8.GetBytes($"include: [f{index + 1}.yaml, {{path: f{index + 1}.yaml}}, ./f{index + 1}.yaml]\n"));
        }

        Write("f80.yaml", "services: {a: {image: [i]}}\n"u8);
        Refused("compose.yaml", "include: [f0.yaml]\n");
    }

    [Fact]
    public void Included_folders_that_include_each_other_with_variables_of_their_own()
    {
        for (var index = 0; index < 40; index++)
        {
            foreach (string side in new[] { "a", "b" })
            {
                Directory.CreateDirectory(Path.Combine(_folder, $"{side}{index}"));
                Write($"{side}{index}/.env", Encoding.UTF8.GetBytes($"SIDE={side}{index}\n"));
                Write($"{side}{index}/compose.yaml", Encoding.UTF8.GetBytes($"include: [../a{index + 1}/compose.yaml, ../b{index + 1}/compose.yaml]\n"));
            }
        }

        foreach (string side in new[] { "a40", "b40" })
        {
            Directory.CreateDirectory(Path.Combine(_folder, side));
            Write($"{side}/compose.yaml", "services: {}\n"u8);
        }

        Refused("compose.yaml", "include: [a0/compose.yaml, b0/compose.yaml]\nservices: {a: {image: i}}\n");
    }

    private static string Bomb(string first, Func<int, string> next, int levels = 12) =>
        $"x-0: {first}\n{string.Concat(Enumerable.Range(1, levels).Select(level => $"x-{level}: {next(level)}\n"))}services: {{a: {{image: i}}}}\n";

    private void Refused(string name, string text) => Refused(name, Encoding.UTF8.GetBytes(text));

    private void Refused(string name, byte[] bytes)
    {
        Write(name, bytes);
        Refused();
    }

    private void Refused()
    {
        var request = new ComposeRequest { WorkingDirectory = _folder, Files = ["compose.yaml"] };
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var worked = ThreadTime.Now;
        var fault = Assert.Throws<ComposeException>(() => ComposeLoader.Load(request, CancellationToken.None));

        // Measures only the work of this thread, not other load on the machine.
        Assert.InRange((ThreadTime.Now - worked).TotalMilliseconds, 0, Patience);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, Memory);
        Assert.InRange(fault.Message.Length, 1, 2_000);
        Assert.DoesNotContain('\n', fault.Message);
    }

    private void Write(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(Path.Combine(_folder, name), bytes);

    private void MakePipe(string name) => Assert.Equal(0, MakeFifo(Path.Combine(_folder, name), 0x1A4));

    [DllImport("libc", EntryPoint = "mkfifo", SetLastError = true)]
    private static extern int MakeFifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
