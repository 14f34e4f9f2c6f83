using System.Collections;
using System.Management.Automation;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Errors;

namespace ComposeLab.Cmdlets.Tests.Errors;

public sealed class ErrorRecordTests
{
    [Fact]
    public void An_error_in_a_compose_file_has_its_place_for_the_error_view()
    {
        ErrorRecord record = ErrorRecords.From(new ComposeException(ComposeErrorId.ComposeFileInvalid, "Expected a mapping.", "Indent it.")
        {
            File = "compose.yaml",
            Line = 3,
            Column = 5,
            EndColumn = 9,
            LineText = "    port: 1",
            Path = "services.api",
        });

        var place = Assert.IsAssignableFrom<IDictionary>(record.TargetObject);
        Assert.Equal("compose.yaml:3:5: Expected a mapping.", record.ErrorDetails.Message);
        Assert.Equal(("compose.yaml", 3, "    port: 1", 5, 9), (place["File"], place["Line"], place["SourceText"], place["StartColumn"], place["EndColumn"]));
    }

    [Theory]
    [InlineData("    port: 1", 3, 5, 9, "port: 1|     | ~~~~")]
    [InlineData("a: b", 12345, 4, 5, "a: b|      |    ~")]
    [InlineData("\tx: [", 3, 6, 6, "x: [|     |     ~")]
    [InlineData("a:\tb", 3, 4, 5, "a:\tb|     |   \t~")]
    [InlineData("名前: 値", 3, 5, 6, "名前: 値|     |       ~~")]
    [InlineData("e\u0301: b", 3, 5, 6, "e\u0301: b|     |    ~")]
    [InlineData("{PASSWORD: \"hunter2\", b: 1}", 3, 2, 10, "{PASSWORD: \"********\", b: 1}|     |  ~~~~~~~~")]
    [InlineData("{PASSWORD: \"hunter2\", b: 1}", 3, 23, 24, "{PASSWORD: \"********\", b: 1}|     | ~~~~~~~~~~~~~~~~~~~~~~~~~~~~")]
    public void The_error_view_draws_a_squiggle_under_the_fault(string text, int line, int start, int end, string picture)
    {
        ErrorRecord record = ErrorRecords.From(new ComposeException(ComposeErrorId.ComposeFileInvalid, "x", "y")
        {
            File = "compose.yaml",
            Line = line,
            Column = start,
            EndColumn = end,
            LineText = text,
        });

        Assert.Equal(picture, Assert.IsAssignableFrom<IDictionary>(record.TargetObject)["LineText"]?.ToString()?.ReplaceLineEndings("|"));
    }

    [Fact]
    public void Only_the_part_at_fault_of_a_very_long_line_is_shown()
    {
        ErrorRecord record = ErrorRecords.From(new ComposeException(ComposeErrorId.ComposeFileInvalid, "x", "y")
        {
            File = "compose.json",
            Line = 1,
            Column = 5_001,
            EndColumn = 5_006,
            LineText = new string(',', 5_000) + "fault" + new string(';', 5_000),
        });

        string[] picture = Assert.IsAssignableFrom<IDictionary>(record.TargetObject)["LineText"]!.ToString()!.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(2, picture.Length);
        Assert.All(picture, line => Assert.InRange(line.Length, 1, 180));
        Assert.Equal("fault", picture[0].Substring(picture[1].IndexOf('~', StringComparison.Ordinal) - "     | ".Length, picture[1].Count(c => c == '~')));
    }

    [Theory]
    [InlineData("  PASSWORD: hunter2")]
    [InlineData("  PASSWORD: \"hunter2\"")]
    [InlineData("  - PASSWORD=correct hunter2")]
    [InlineData("  environment: {A: 1, PASSWORD: 'hunter2', B: 2}")]
    public void A_line_with_a_secret_is_shown_without_the_secret(string text)
    {
        ErrorRecord record = ErrorRecords.From(new ComposeException(ComposeErrorId.ComposeFileInvalid, "x", "y")
        {
            File = "compose.yaml",
            Line = 1,
            Column = 3,
            LineText = text,
        });

        var place = Assert.IsAssignableFrom<IDictionary>(record.TargetObject);
        Assert.DoesNotContain("hunter2", place["LineText"]!.ToString() + place["SourceText"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_an_environment_file_is_not_shown()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "A B=hunter2\n");
        try
        {
            ErrorRecord record = ErrorRecords.From(new ComposeException(ComposeErrorId.EnvFileInvalid, "x", "y") { File = file, Line = 1, Column = 2 });

            Assert.Equal("", Assert.IsAssignableFrom<IDictionary>(record.TargetObject)["LineText"]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_single_finding_before_a_start_keeps_its_own_id()
    {
        ErrorRecord record = ErrorRecords.From(new EngineException(EngineErrorId.PreflightFailed, "One problem found.", "")
        {
            Findings = [new PreflightFinding { Id = EngineErrorId.PortAlreadyAllocated, Message = "Port 8080 is taken by x.", Recommendation = "Stop x" }],
        });

        Assert.Equal("PortAlreadyAllocated", record.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ResourceBusy, record.CategoryInfo.Category);
        Assert.Equal("Stop x", record.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void An_unsupported_attribute_is_named_and_shown_with_the_line_of_its_own_file()
    {
        string folder = Directory.CreateTempSubdirectory("composelab-place-").FullName;
        string file = Path.Combine(folder, "compose.yaml");
        File.WriteAllText(file, "services:\n  api:\n    build:\n      context: .\n      ssh: [default]\n");
        try
        {
            ComposeProject project = ComposeLoader.Load(new ComposeRequest { WorkingDirectory = folder }, CancellationToken.None);

            EngineException fault = Assert.Throws<EngineException>(() => ServiceBuilds.Of(project, []));
            ErrorRecord record = ErrorRecords.From(fault);

            var place = Assert.IsAssignableFrom<IDictionary>(record.TargetObject);
            Assert.Equal("UnsupportedAttribute", record.FullyQualifiedErrorId);
            Assert.Equal((file, 5, "      ssh: [default]"), (place["File"], place["Line"], place["SourceText"]));
            Assert.Contains("services.api.build.ssh", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void All_findings_before_a_start_are_reported()
    {
        ErrorRecord record = ErrorRecords.From(new EngineException(EngineErrorId.PreflightFailed, "Two problems found.", "")
        {
            Findings =
            [
                new PreflightFinding { Id = EngineErrorId.PortAlreadyAllocated, Message = "Port 8080 is taken.", Recommendation = "A" },
                new PreflightFinding { Id = EngineErrorId.BindSourceMissing, Message = "./x is missing.", Recommendation = "B" },
            ],
        });

        Assert.Equal("PreflightFailed", record.FullyQualifiedErrorId);
        Assert.Contains("Port 8080 is taken.", record.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("./x is missing.", record.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Equal("A\nB", record.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void The_error_of_a_failed_service_contains_exit_code_last_probe_and_log_without_secrets()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        ErrorRecord record = ErrorRecords.From(new EngineException(EngineErrorId.ServiceExited, "db ended.", "Look at the log.")
        {
            Evidence = new ServiceEvidence
            {
                Container = "x-db-1",
                ExitCode = 3,
                Probes = [new HealthProbe(now, now, 1, "no response")],
                LogTail = ["starting", "cannot use postgresql://lab:hunter2@db/lab"],
            },
        });

        string message = record.ErrorDetails.Message;
        Assert.Contains("exited with code 3", message, StringComparison.Ordinal);
        Assert.Contains("no response", message, StringComparison.Ordinal);
        Assert.Contains("starting", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }
}
