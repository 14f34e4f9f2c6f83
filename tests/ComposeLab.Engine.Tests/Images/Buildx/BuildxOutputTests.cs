using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Buildx;
using ComposeLab.Engine.Images.Trace;

namespace ComposeLab.Engine.Tests.Images.Buildx;

public sealed class BuildxOutputTests
{
    private readonly BuildTranscript _transcript = new(_ => { }, TimeProvider.System);

    [Fact]
    public void Steps_are_read_from_objects_on_one_line()
    {
        Read("""
            {"vertexes":[{"digest":"sha256:a","name":"[internal] load build definition from Dockerfile"}]}
            {"statuses":[{"id":"transferring context:","vertex":"sha256:c","current":42}]}
            {"vertexes":[{"digest":"sha256:b","name":"[build 2/3] RUN make","started":"2026-01-01T00:00:00Z"}]}
            {"logs":[{"vertex":"sha256:b","stream":1,"data":"aGkK"}]}
            {"vertexes":[{"digest":"sha256:b","name":"[build 2/3] RUN make","started":"2026-01-01T00:00:00Z","completed":"2026-01-01T00:00:02Z","error":"exit code: 9"}]}
            ERROR: failed to build: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 9
            """, out BuildxOutput output);

        BuildStep step = Assert.Single(_transcript.Steps);
        Assert.Equal(("build", 2, 3, "RUN make", TimeSpan.FromSeconds(2)), (step.Stage, step.Number, step.Total, step.Instruction, step.Duration));
        Assert.Equal("process \"/bin/sh -c make\" did not complete successfully: exit code: 9", output.Error);
        Assert.Equal(42, output.ContextBytes);
        _transcript.End(null, output.Error);
        Assert.Equal(["hi"], _transcript.FailedOutput);
    }

    [Fact]
    public void Steps_are_read_from_objects_on_several_lines()
    {
        Read("""
            {
              "vertexes": [
                {
                  "digest": "sha256:b",
                  "name": "[1/1] RUN make",
                  "started": "2026-01-01T00:00:00Z",
                  "completed": "2026-01-01T00:00:01Z",
                  "cached": true
                }
              ]
            }
            """, out _);

        Assert.True(Assert.Single(_transcript.Steps).Cached);
    }

    [Fact]
    public void Steps_are_read_from_text()
    {
        Read("""
            #0 building with "default" instance using docker driver

            #4 [1/3] FROM docker.io/library/a
            #4 CACHED

            #5 [2/3] RUN make
            #5 0.479 first
            #5 0.480 second
            #5 DONE 0.5s

            #6 [3/3] RUN test
            #6 0.1 no
            #6 ERROR: process "/bin/sh -c test" did not complete successfully: exit code: 3
            ------
             > [3/3] RUN test:
            ------
            Dockerfile:7
            --------------------
               7 | >>> RUN test
            --------------------
            ERROR: failed to solve: process "/bin/sh -c test" did not complete successfully: exit code: 3
            """, out BuildxOutput output);

        Assert.Equal(["FROM docker.io/library/a", "RUN make", "RUN test"], _transcript.Steps.Select(step => step.Instruction));
        Assert.Equal([true, false, false], _transcript.Steps.Select(step => step.Cached));
        Assert.All(_transcript.Steps, step => Assert.True(step.Completed));
        Assert.Equal(7, output.ErrorLine);
        _transcript.End(null, output.Error);
        Assert.Equal(["no"], _transcript.FailedOutput);
    }

    [Theory]
    [InlineData("ERROR: no builder \"x\" found", "no builder \"x\" found")]
    [InlineData("WARNING: odd\nERROR: failed to build: two\nlines", "two lines")]
    [InlineData("ERROR: failed to solve: rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 3: x", "dockerfile parse error line 3: x")]
    [InlineData("{\"vertexes\":[{]}", "{\"vertexes\":[{]}")]
    [InlineData("{\"vertexes\":[1]}\n[]", "[]")]
    [InlineData("", "")]
    public void The_reason_of_a_failure_is_in_the_words_of_the_builder(string text, string reason)
    {
        Read(text, out BuildxOutput output);

        Assert.Equal(reason, output.Error);
    }

    [Fact]
    public void The_answer_of_a_check_is_a_list_of_warnings_with_their_lines()
    {
        DockerfileWarning warning = Assert.Single(DockerfileWarning.Read("""
            {"warnings":[{"ruleName":"JSONArgsRecommended","description":"JSON arguments recommended","url":"https://docs.test/rule","detail":"CMD needs JSON",
             "location":{"ranges":[{"start":{"line":4},"end":{"line":4}}]}}]}
            """)!);

        Assert.Equal(("JSONArgsRecommended", "CMD needs JSON", "https://docs.test/rule", 4), (warning.Rule, warning.Message, warning.Url, warning.Line));
        Assert.Empty(DockerfileWarning.Read("{}")!);
        Assert.Null(DockerfileWarning.Read("Check complete"));
        Assert.Null(DockerfileWarning.Read("""{"buildError":{"message":"no"}}"""));
    }

    private void Read(string text, out BuildxOutput output)
    {
        output = new BuildxOutput(_transcript, TimeProvider.System);
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            output.Read(line);
        }
    }
}
