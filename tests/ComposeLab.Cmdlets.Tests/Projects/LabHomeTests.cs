using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Projects;

public sealed class LabHomeTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly TemporaryFolder _module = new();

    public void Dispose() => _module.Dispose();

    [Fact]
    public void A_clone_keeps_the_lab_s_variables_next_to_its_compose_files()
    {
        string lab = Path.Combine(Repository.Root, "compose");

        Assert.Equal(lab, LabHome.Directory(lab, Nothing));
        Assert.Empty(LabHome.EnvFiles(lab, Nothing));
    }

    [Fact]
    public void An_installed_module_keeps_them_in_the_user_profile()
    {
        string expected = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "ComposeLab", "lab");

        Assert.Equal(expected, LabHome.Directory(_module.At("compose"), Nothing));
    }

    [Fact]
    public void COMPOSELAB_HOME_sets_another_folder_and_its_file_is_read_when_it_exists()
    {
        string home = _module.At("home");
        var environment = new Dictionary<string, string> { [LabHome.Variable] = home };

        Assert.Equal(home, LabHome.Directory(_module.At("compose"), environment));
        Assert.Empty(LabHome.EnvFiles(_module.At("compose"), environment));

        string file = _module.Write("home/.env", "A=1\n");
        Assert.Equal([file], LabHome.EnvFiles(_module.At("compose"), environment));
    }
}
