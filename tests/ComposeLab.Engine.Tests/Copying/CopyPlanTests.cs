using ComposeLab.Engine.Copying;

namespace ComposeLab.Engine.Tests.Copying;

public sealed class CopyPlanTests
{
    [Theory]
    [InlineData("file", false, "/tmp/x", CopyDestination.Nothing, "/tmp", "x")]
    [InlineData("file", false, "/tmp/x", CopyDestination.File, "/tmp", "x")]
    [InlineData("file", false, "/tmp", CopyDestination.Directory, "/tmp", "file")]
    [InlineData("file", false, "/x", CopyDestination.Nothing, "/", "x")]
    [InlineData("file", false, "C:/x", CopyDestination.Nothing, "C:/", "x")]
    [InlineData("file", false, "C:/Users/x", CopyDestination.Nothing, "C:/Users", "x")]
    [InlineData("tree", true, "/tmp/new", CopyDestination.Nothing, "/tmp", "new")]
    [InlineData("tree", true, "/tmp/new/", CopyDestination.Nothing, "/tmp", "new")]
    [InlineData("tree", true, "/tmp", CopyDestination.Directory, "/tmp", "tree")]
    public void A_source_gets_the_name_of_a_new_destination_and_keeps_its_own_in_an_existing_directory(
        string name, bool isDirectory, string path, CopyDestination existing, string directory, string expected) =>
        Assert.Equal(new CopyPlan(directory, expected), CopyPlan.Of(new CopySource(name, isDirectory, ContentOnly: false), path, existing));

    [Fact]
    public void The_content_of_a_directory_is_merged_into_an_existing_one_or_becomes_a_new_one()
    {
        var content = new CopySource("tree", IsDirectory: true, ContentOnly: true);

        Assert.Equal(new CopyPlan("/tmp", null), CopyPlan.Of(content, "/tmp", CopyDestination.Directory));
        Assert.Equal(new CopyPlan("/tmp", "new"), CopyPlan.Of(content, "/tmp/new", CopyDestination.Nothing));
    }

    [Theory]
    [InlineData(true, "/tmp/x", CopyDestination.File)]
    [InlineData(false, "/tmp/x/", CopyDestination.Nothing)]
    public void A_directory_does_not_replace_a_file_and_a_file_does_not_become_a_directory(bool isDirectory, string path, CopyDestination existing) =>
        Assert.Equal(EngineErrorId.PathInvalid, Assert.Throws<EngineException>(() => CopyPlan.Of(new CopySource("a", isDirectory, false), path, existing)).Id);
}
