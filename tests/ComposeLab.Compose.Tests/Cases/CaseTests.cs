namespace ComposeLab.Compose.Tests.Cases;

/// <summary>
/// The cases of the files next to this one. After an intended change, <c>./lab test --accept</c> writes the actual answers into the files: read the
/// difference before you commit it. A new case needs no expectation for that.
/// </summary>
public sealed class CaseTests
{
    private static readonly Dictionary<string, CaseFile> Files = CaseFile.Topics.ToDictionary(TopicOf, CaseFile.Read, StringComparer.Ordinal);

    private static readonly HashSet<string> Accepted = [];

    /// <summary>Every case by its topic and title.</summary>
    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (var (topic, file) in Files)
        {
            foreach (var one in file.Cases.Where(HoldsHere))
            {
                all.Add(topic, one.Title);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_case_passes(string topic, string title)
    {
        if (System.Environment.GetEnvironmentVariable("COMPOSELAB_ACCEPT") == "1" && Accepted.Add(topic))
        {
            Accept(Files[topic]);
        }

        var one = Files[topic].Cases.Single(candidate => candidate.Title == title);
        var answers = CaseRun.Answers(one);
        Assert.NotEmpty(one.Expectations);
        var expected = string.Concat(one.Expectations.Select(Spelled));
        var actual = string.Concat(answers.Select(Spelled));
        Assert.True(expected == actual, $"{topic}: {title}\n{TextDifference.Of(expected, actual)}");
    }

    // As in docker compose, a quoted value of an env file that goes over several lines keeps their ends.
    [Fact]
    public void Files_with_the_line_ends_of_Windows_are_read_like_others() => Assert.All(
        Files.Values.SelectMany(file => file.Cases).Where(one => HoldsHere(one) && !one.Title.StartsWith("quoted values", StringComparison.Ordinal)),
        one =>
        {
            CaseSection[] files = [.. one.Files];
            one.Files.Clear();
            one.Files.AddRange(files.Select(file => file with { Text = file.Text.ReplaceLineEndings("\r\n") }));
            try
            {
                Assert.Equal(string.Concat(one.Expectations.Select(Spelled)), string.Concat(CaseRun.Answers(one).Select(Spelled)));
            }
            finally
            {
                one.Files.Clear();
                one.Files.AddRange(files);
            }
        });

    // A list of files has another separator on Windows, and a path without a drive is not absolute there.
    private static bool HoldsHere(ComposeCase one) => !OperatingSystem.IsWindows() || one.Title is not ("COMPOSE_FILE in .env names the files" or "an absolute context is kept");

    private static string TopicOf(string path) => Path.GetFileNameWithoutExtension(path);

    private static string Spelled(CaseSection section) => $"@ {section.Name}\n{section.Text}";

    private static void Accept(CaseFile file)
    {
        foreach (var one in file.Cases)
        {
            var answers = CaseRun.Answers(one);
            one.Expectations.Clear();
            one.Expectations.AddRange(answers);
        }

        file.Write(file.Cases);
    }
}
