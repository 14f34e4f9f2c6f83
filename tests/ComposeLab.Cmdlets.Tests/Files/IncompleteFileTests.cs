using System.Text.Json.Serialization;
using ComposeLab.Database.Backups;
using ComposeLab.Database.Updates;
using ComposeLab.Engine;
using ComposeLab.Engine.Tests.Support;
using ComposeLab.Plans;

namespace ComposeLab.Cmdlets.Tests.Files;

/// <summary>Saved plans, manifests and records in which members are missing, because another version or an editor wrote them.</summary>
public sealed class IncompleteFileTests
{
    private static readonly Dictionary<string, JsonSerializerContext> Readers = new()
    {
        ["plan"] = PlanDocumentJson.Default,
        ["backup"] = BackupManifestJson.Default,
        ["update"] = UpdateRecordJson.Default,
    };

    [Theory]
    [InlineData("plan")]
    [InlineData("backup")]
    [InlineData("update")]
    public void What_is_read_from_a_file_is_complete_or_rejected(string file)
    {
        Type[] types = [.. IncompleteJson.TypesOf(Readers[file])];
        Assert.NotEmpty(types);
        Assert.All(types, type => IncompleteJson.Check(type, CompleteJson.Of(Readers[file])));
    }
}
