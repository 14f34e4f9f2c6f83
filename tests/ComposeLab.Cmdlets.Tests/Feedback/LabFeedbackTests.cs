using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Subsystem;
using System.Management.Automation.Subsystem.Feedback;
using System.Management.Automation.Subsystem.Prediction;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Feedback;

namespace ComposeLab.Cmdlets.Tests.Feedback;

/// <summary>What is shown below a line that was run, and offered while the next one is typed.</summary>
public sealed class LabFeedbackTests
{
    private readonly LabFeedback _feedback = new();

    [Fact]
    public void An_error_of_this_module_shows_its_recommended_command_and_offers_it_until_the_next_line()
    {
        using var session = new TestSession();
        ErrorRecord error = session.Run("Get-LabConfigRule NoSuchRule").Error!;

        FeedbackItem item = _feedback.GetFeedback(FeedbackTrigger.Error, Parsed("Get-LabConfigRule NoSuchRule"), error)!;

        Assert.Equal(["Get-LabConfigRule"], item.RecommendedActions);
        Assert.Equal(["Get-LabConfigRule"], Offered("get-labc"));
        Assert.Empty(Offered("Get-LabL"));
        _feedback.OnCommandLineAccepted(new PredictionClient("test", PredictionClientKind.Terminal), ["Get-Date"]);
        Assert.Empty(Offered("get-labc"));
    }

    [Fact]
    public void An_error_without_a_command_and_one_of_another_module_show_nothing()
    {
        var fault = new ErrorRecord(new InvalidOperationException(), "Other", ErrorCategory.NotSpecified, null) { ErrorDetails = new ErrorDetails("no") { RecommendedAction = "Start-LabStack" } };
        var own = new ErrorRecord(new InvalidOperationException(), "TimedOut,ComposeLab.Commands.StartLabStackCommand", ErrorCategory.NotSpecified, null);

        Assert.Null(_feedback.GetFeedback(FeedbackTrigger.Error, Parsed("Get-Date"), fault));
        Assert.Null(_feedback.GetFeedback(FeedbackTrigger.Error, Parsed("Start-LabStack"), own));
    }

    [Fact]
    public void A_docker_command_that_is_not_found_shows_the_cmdlet_each_time_and_one_that_succeeds_only_once()
    {
        FeedbackItem? Shown(FeedbackTrigger trigger) => _feedback.GetFeedback(trigger, Parsed("docker compose logs -f api"), null);

        Assert.Equal(["Get-LabLog api -Follow"], Shown(FeedbackTrigger.Success)!.RecommendedActions);
        Assert.Null(Shown(FeedbackTrigger.Success));
        Assert.NotNull(Shown(FeedbackTrigger.CommandNotFound));
        Assert.NotNull(Shown(FeedbackTrigger.CommandNotFound));
        Assert.Null(_feedback.GetFeedback(FeedbackTrigger.Success, Parsed("Get-Date"), null));
    }

    [Fact]
    public void After_a_docker_command_that_failed_its_cmdlet_is_offered()
    {
        var client = new PredictionClient("test", PredictionClientKind.Terminal);

        _feedback.OnCommandLineExecuted(client, "docker compose ps", success: true);
        Assert.Empty(Offered("Get-"));
        _feedback.OnCommandLineExecuted(client, "docker compose ps", success: false);
        Assert.Equal(["Get-LabService"], Offered("Get-"));
    }

    [Fact]
    public void The_predictor_offers_the_cmdlet_while_a_docker_command_is_typed()
    {
        Assert.Equal(["Get-LabLog"], Offered("docker compose lo"));
        Assert.Equal(["Get-LabLog api -Follow"], Offered("docker compose logs -f api"));
        Assert.Empty(Offered(""));
    }

    [Fact]
    public void Both_are_registered_and_removed_and_can_be_registered_again()
    {
        for (int turn = 0; turn < 2; turn++)
        {
            Registration.Register();
            Assert.Contains(SubsystemManager.GetSubsystemInfo(SubsystemKind.FeedbackProvider).Implementations, known => known.Id == LabFeedback.ProviderId);
            Assert.Contains(SubsystemManager.GetSubsystemInfo(SubsystemKind.CommandPredictor).Implementations, known => known.Id == LabFeedback.ProviderId);
            Registration.Unregister();
            Assert.DoesNotContain(SubsystemManager.GetSubsystemInfo(SubsystemKind.FeedbackProvider).Implementations, known => known.Id == LabFeedback.ProviderId);
            Assert.DoesNotContain(SubsystemManager.GetSubsystemInfo(SubsystemKind.CommandPredictor).Implementations, known => known.Id == LabFeedback.ProviderId);
        }
    }

    private static ScriptBlockAst Parsed(string line) => Parser.ParseInput(line, out _, out _);

    private IReadOnlyList<string> Offered(string typed) => [.. (_feedback.GetSuggestion(Parsed(typed)).SuggestionEntries ?? []).Select(entry => entry.SuggestionText)];
}
