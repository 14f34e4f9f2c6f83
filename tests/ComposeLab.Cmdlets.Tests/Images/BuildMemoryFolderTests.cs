using ComposeLab.Images;

namespace ComposeLab.Cmdlets.Tests.Images;

public sealed class BuildMemoryFolderTests
{
    [Fact]
    public void The_variable_moves_the_memory_and_without_it_the_user_s_own_folder_holds_it()
    {
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);

        Assert.Equal(Path.GetFullPath("/elsewhere/builds"), BuildMemoryFolder.Find(new Dictionary<string, string> { [BuildMemoryFolder.Variable] = "/elsewhere" }));
        Assert.Equal(Path.Combine(data, "ComposeLab", "cache", "builds"), BuildMemoryFolder.Find(new Dictionary<string, string> { [BuildMemoryFolder.Variable] = "" }));
    }
}
