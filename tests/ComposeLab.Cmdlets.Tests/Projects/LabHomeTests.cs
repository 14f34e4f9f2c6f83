using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Projects;

public sealed class LabHomeTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly TemporaryFolder _module = new();

    public void Dispose() => _module.Dispose();

    [Fact]
    public void A_clone_keeps_the_lab_s_variables_beside_its_compose_files_where_docker_compose_looks()
    {
        string lab = Path.Combine(Repository.Root, "compose");

        Assert.Equal(lab, LabHome.Directory(lab, Nothing));
        Assert.Empty(LabHome.EnvFiles(lab, Nothing));
    }

    [Fact]
    public void An_installed_module_keeps_them_in_a_folder_of_the_user()
    {
        string expected = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "ComposeLab", "lab");

        Assert.Equal(expected, LabHome.Directory(_module.At("compose"), Nothing));
    }

    [Fact]
    public void COMPOSELAB_HOME_names_another_folder_and_its_file_is_read_as_soon_as_it_is_there()
    {
        string home = _module.At("home");
        var environment = new Dictionary<string, string> { [LabHome.Variable] = home };

        Assert.Equal(home, LabHome.Directory(_module.At("compose"), environment));
        Assert.Empty(LabHome.EnvFiles(_module.At("compose"), environment));

        string file = _module.Write("home/.env", "A=1\n");
        Assert.Equal([file], LabHome.EnvFiles(_module.At("compose"), environment));
    }
}
