using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Updates;
using ComposeLab.Errors;

namespace ComposeLab.Cmdlets.Tests.Database.Updates;

/// <summary>The lines that an update changes in the files of a project: the right ones, and nothing else.</summary>
public sealed class ProjectEditsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("postgres:16-alpine", "", "postgres:17-alpine", "")]
    [InlineData("\"postgres:16\"  # the server", "", "\"postgres:17-alpine\"  # the server", "")]
    [InlineData("'postgres:16'", "", "'postgres:17-alpine'", "")]
    [InlineData("postgres:${PG:-16}-alpine", "", "postgres:${PG:-17}-alpine", "")]
    [InlineData("postgres:${PG-16}-alpine", "", "postgres:${PG-17}-alpine", "")]
    [InlineData("postgres:${PG:-16}-alpine", "# major\nPG=16 # kept\nOTHER=16", "postgres:${PG:-16}-alpine", "# major\nPG=17 # kept\nOTHER=16")]
    [InlineData("postgres:$PG-alpine", "PG=\"16\"", "postgres:$PG-alpine", "PG=\"17\"")]
    [InlineData("${IMAGE}", "export IMAGE='postgres:16-alpine'", "${IMAGE}", "export IMAGE='postgres:17-alpine'")]
    [InlineData("${REGISTRY:-}postgres:${PG}-${VARIANT:-alpine}", "PG=16", "${REGISTRY:-}postgres:${PG}-${VARIANT:-alpine}", "PG=17")]
    public void The_image_is_changed_where_its_version_is_written(string image, string env, string newImage, string newEnv)
    {
        string text = Text($"image: {image}", "data:");
        (ComposeProject project, string file) = Load(text, env);
        var edits = new ProjectEdits(project);

        edits.SetImage(project.Services["db"], "postgres:17-alpine");

        Assert.Equal(Text($"image: {newImage}", "data:"), Applied(edits, file));
        Assert.Equal(newEnv, Applied(edits, Path.Combine(Path.GetDirectoryName(file)!, ".env")));
    }

    [Theory]
    [InlineData("postgres:${PG:?required}-alpine")]
    [InlineData("other/${PG:-16}")]
    public void An_image_that_no_line_of_a_file_can_change_is_an_error(string image)
    {
        (ComposeProject project, _) = Load(Text($"image: {image}", "data:"), "", ("PG", "16"));

        Assert.Equal(LabErrorId.UpdateNotPossible, Assert.Throws<LabException>(() => new ProjectEdits(project).SetImage(project.Services["db"], "postgres:17-alpine")).Id);
    }

    [Theory]
    [InlineData("data:", "data: { name: shop_data_pg17 }")]
    [InlineData("data:   # keep", "data: { name: shop_data_pg17 }   # keep")]
    [InlineData("data: {}", "data: { name: shop_data_pg17 }")]
    [InlineData("data: { labels: { a: b } }", "data: { name: shop_data_pg17, labels: { a: b } }")]
    [InlineData("data: { name: \"old\" }", "data: { name: shop_data_pg17 }")]
    [InlineData("data: ~", "data: { name: shop_data_pg17 }")]
    [InlineData("data: null # none", "data: { name: shop_data_pg17 } # none")]
    [InlineData("data:\n    # where it is\n    driver: local", "data:\n    # where it is\n    name: shop_data_pg17\n    driver: local")]
    [InlineData("data:\n    external: true\n    name: old # created by hand", "data:\n    external: true\n    name: shop_data_pg17 # created by hand")]
    public void The_volume_gets_its_name_in_every_form_of_its_definition(string volume, string newVolume)
    {
        string text = Text("image: postgres:16", volume);
        (ComposeProject project, string file) = Load(text, "");
        var edits = new ProjectEdits(project);

        edits.SetVolumeName("data", "shop_data_pg17");

        string changed = Applied(edits, file);
        Assert.Equal(Text("image: postgres:16", newVolume), changed);
        Assert.Equal("shop_data_pg17", Load(changed, "").Project.Volumes["data"].Name);
    }

    [Fact]
    public void A_file_on_one_line_is_changed_too()
    {
        const string Text = "{ services: { db: { image: postgres:16, volumes: [ 'data:/var/lib/postgresql/data' ] } }, volumes: { data: { } } }";
        (ComposeProject project, string file) = Load(Text, "");
        var edits = new ProjectEdits(project);

        edits.SetImage(project.Services["db"], "postgres:18");
        edits.SetVolumeName("data", "d18");
        edits.SetMountTarget(project.Services["db"].Volumes[0], "/var/lib/postgresql");

        ComposeProject changed = Load(Applied(edits, file), "").Project;
        Assert.Equal(("postgres:18", "d18", "/var/lib/postgresql"), (changed.Services["db"].Image!, changed.Volumes["data"].Name!, changed.Services["db"].Volumes[0].Target!));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Changes_can_be_undone_although_other_lines_were_added(string ending)
    {
        string text = Text("image: postgres:16 # server", "data:\n    driver: local").Replace("\n", ending, StringComparison.Ordinal);
        (ComposeProject project, string file) = Load(text, "");
        var edits = new ProjectEdits(project);
        edits.SetImage(project.Services["db"], "postgres:17");
        edits.SetVolumeName("data", "d17");
        (string changed, IReadOnlyList<LineChange> changes) = FileEdits.Apply(text, edits.Edits);

        Assert.Equal("# new" + ending + text, FileEdits.Undo("# new" + ending + changed, Enumerable.Reverse(changes)));
        Assert.Null(FileEdits.Undo(changed.Replace("d17", "d18", StringComparison.Ordinal), Enumerable.Reverse(changes)));
        Assert.True(file.Length > 0);
    }

    private static string Applied(ProjectEdits edits, string file) =>
        File.Exists(file) ? FileEdits.Apply(File.ReadAllText(file), edits.Edits.Where(edit => edit.File == file)).Text : "";

    private static string Text(string image, string volume) =>
        $"# shop\nname: shop\nservices:\n  db:\n    {image}\n    volumes: [ \"data:/var/lib/postgresql/data\" ]  # rows\nvolumes:\n  {volume}\n";

    private (ComposeProject Project, string File) Load(string text, string env, params (string Name, string Value)[] environment)
    {
        string file = _folder.Write("compose.yaml", text);
        if (env.Length > 0)
        {
            _folder.Write(".env", env);
        }

        return (ComposeLoader.Load(
            new ComposeRequest { WorkingDirectory = Path.GetDirectoryName(file)!, Environment = environment.ToDictionary(pair => pair.Name, pair => pair.Value) }, CancellationToken.None), file);
    }
}
