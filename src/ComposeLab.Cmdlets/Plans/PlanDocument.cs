using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Plans;

/// <summary>A saved plan: its purpose and its operations. It contains no secrets.</summary>
internal sealed record PlanDocument
{
    /// <summary>The current version of this format.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The format version of the document.</summary>
    public required int Format { get; init; }

    /// <summary>The module version that created the plan.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>When the plan was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The address of the engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The project folder; null if only the stack on the engine is known.</summary>
    public string? Folder { get; init; }

    /// <summary>How the project was selected.</summary>
    public required SavedSelection Selection { get; init; }

    /// <summary>What the plan is for.</summary>
    public required PlanIntent Intent { get; init; }

    /// <summary>The operations of the plan.</summary>
    public required PlanRecord Plan { get; init; }

    private static JsonTypeInfo<PlanDocument> Complete { get; } = CompleteJson.Of(PlanDocumentJson.Default).Info<PlanDocument>();

    /// <summary>Writes the document.</summary>
    /// <returns>JSON on one line.</returns>
    public string Write() => JsonSerializer.Serialize(this, PlanDocumentJson.Default.PlanDocument);

    /// <summary>Reads a document.</summary>
    /// <param name="text">JSON.</param>
    /// <returns>The document.</returns>
    /// <exception cref="LabException">PlanInvalid.</exception>
    public static PlanDocument Read(string text)
    {
        PlanDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(text, Complete);
        }
        catch (JsonException broken)
        {
            throw Invalid($"its Document cannot be read: {broken.Message}", broken);
        }

        return document switch
        {
            null => throw Invalid("its Document is empty"),
            { Format: not CurrentFormat } => throw Invalid($"it has format {document.Format}, but this version of ComposeLab reads format {CurrentFormat}"),
            _ => document,
        };
    }

    /// <summary>Creates the object that users see.</summary>
    /// <param name="plan">The plan that was recorded.</param>
    /// <param name="project">The project; null if only the stack on the engine is known.</param>
    /// <returns>The object.</returns>
    public LabStackPlan ToObject(StackPlan plan, ComposeProject? project) => new()
    {
        ProjectName = Plan.ProjectName,
        For = Intent.For,
        Profile = Selection.Profile,
        Folder = Folder,
        Engine = Engine,
        Operations = PlanObjects.Of(plan, project is null ? null : new SourceLocations(project)),
        Warnings = [.. plan.Warnings.Select(PlanObjects.Text)],
        Findings = [.. plan.Findings.Select(PlanObjects.Text)],
        CreatedAt = CreatedAt,
        ModuleVersion = ModuleVersion,
        Document = Write(),
    };

    /// <summary>Checks that the stack and the engine are those of the plan.</summary>
    /// <param name="target">The stack that is selected now.</param>
    /// <param name="engine">The engine of this session.</param>
    /// <exception cref="EngineException">PlanOutdated.</exception>
    public void Require(StackTarget target, EngineInfo engine)
    {
        List<PlanDifference> differences = [];
        Compare("engine", Engine, engine.Endpoint.Address.OriginalString);
        Compare("project folder", Folder, target.Project?.WorkingDirectory ?? Folder);
        Compare("project name", Plan.ProjectName, target.ProjectName);
        if (differences.Count > 0)
        {
            throw PlanRecord.Outdated(Plan.ProjectName, differences);
        }

        void Compare(string what, string? saved, string? now)
        {
            if (saved != now)
            {
                differences.Add(new PlanDifference(ResourceId.Stack(Plan.ProjectName), $"{what}: {saved ?? "(none)"} -> {now ?? "(none)"}"));
            }
        }
    }

    /// <summary>The error for something that cannot be used as a plan.</summary>
    /// <param name="why">The reason.</param>
    /// <param name="inner">The cause, if there is one.</param>
    /// <returns>The error.</returns>
    public static LabException Invalid(string why, Exception? inner = null) => new(
        LabErrorId.PlanInvalid, $"This plan cannot be applied: {why}.", "Create a new plan with Get-LabStackPlan", inner: inner);
}

/// <summary>How a project was selected, in saved form. The environment is not saved: it contains secrets and belongs to the session that applies the plan.</summary>
internal sealed record SavedSelection
{
    /// <inheritdoc cref="ProjectSelection.Profile"/>
    public string? Profile { get; init; }

    /// <inheritdoc cref="ProjectSelection.Path"/>
    public string? Path { get; init; }

    /// <inheritdoc cref="ProjectSelection.Files"/>
    public IReadOnlyList<string> Files { get; init => field = value ?? []; } = [];

    /// <inheritdoc cref="ProjectSelection.BundledLab"/>
    public bool BundledLab { get; init; }

    /// <inheritdoc cref="ProjectSelection.IsOfStack"/>
    public bool IsOfStack { get; init; }

    /// <inheritdoc cref="ProjectSelection.EnvFiles"/>
    public IReadOnlyList<string> EnvFiles { get; init => field = value ?? []; } = [];

    /// <inheritdoc cref="ProjectSelection.ProjectName"/>
    public string? ProjectName { get; init; }

    /// <inheritdoc cref="ProjectSelection.ProjectDirectory"/>
    public string? ProjectDirectory { get; init; }

    /// <inheritdoc cref="ProjectSelection.ComposeProfiles"/>
    public IReadOnlyList<string> ComposeProfiles { get; init => field = value ?? []; } = [];

    /// <inheritdoc cref="ProjectSelection.Location"/>
    public required string Location { get; init; }

    /// <summary>Creates it from a selection.</summary>
    /// <param name="selection">The selection.</param>
    /// <returns>The part of it that is saved.</returns>
    public static SavedSelection Of(ProjectSelection selection) => new()
    {
        Profile = selection.Profile,
        Path = selection.Path,
        Files = selection.Files,
        BundledLab = selection.IsBundledLab && !selection.IsOnlyNamed,
        IsOfStack = selection.IsOfStack,
        EnvFiles = selection.EnvFiles,
        ProjectName = selection.ProjectName,
        ProjectDirectory = selection.ProjectDirectory,
        ComposeProfiles = selection.ComposeProfiles,
        Location = selection.Location,
    };

    /// <summary>Creates the selection for this session.</summary>
    /// <param name="environment">The environment of this session.</param>
    /// <returns>The selection.</returns>
    public ProjectSelection With(IReadOnlyDictionary<string, string> environment) => new()
    {
        Profile = Profile,
        Path = Path,
        Files = Files,
        BundledLab = BundledLab,
        IsOfStack = IsOfStack,
        EnvFiles = EnvFiles,
        ProjectName = ProjectName,
        ProjectDirectory = ProjectDirectory,
        ComposeProfiles = ComposeProfiles,
        Location = Location,
        Environment = environment,
    };
}

/// <summary>Reads and writes plan documents.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class PlanDocumentJson : JsonSerializerContext;
