using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Docker.Endpoints;

public sealed class DockerPluginsTests
{
    private static readonly HostPaths Windows = new(IsWindows: true);

    [Fact]
    public void On_Windows_plugins_have_an_ending_and_are_in_the_folders_of_Docker_Desktop()
    {
        var environment = new Dictionary<string, string>
        {
            ["USERPROFILE"] = @"C:\Users\me",
            ["HOME"] = "/c/Users/other",
            ["ProgramData"] = @"C:\ProgramData",
            ["ProgramFiles"] = @"C:\Program Files\",
        };

        Assert.Equal(
            [@"C:\Users\me\.docker\cli-plugins\docker-buildx.exe", @"C:\ProgramData\Docker\cli-plugins\docker-buildx.exe", @"C:\Program Files\Docker\cli-plugins\docker-buildx.exe"],
            DockerPlugins.Places("buildx", environment, Windows));
    }

    [Fact]
    public void Relative_folders_are_left_out()
    {
        Assert.Empty(DockerPlugins.Places("buildx", new Dictionary<string, string> { ["DOCKER_CONFIG"] = @"config\docker", ["ProgramData"] = "data" }, Windows));
    }

    [Fact]
    public void On_Unix_they_are_in_the_folder_of_the_user_and_in_those_of_the_system()
    {
        string[] places = [.. DockerPlugins.Places("buildx", new Dictionary<string, string> { ["HOME"] = "/home/me" }, new HostPaths(IsWindows: false))];

        Assert.Equal("/home/me/.docker/cli-plugins/docker-buildx", places[0]);
        Assert.Contains("/usr/libexec/docker/cli-plugins/docker-buildx", places);
    }

    [Fact]
    public void The_folder_for_a_plugin_that_is_not_installed_can_be_typed()
    {
        Assert.Equal(@"~\.docker\cli-plugins", DockerPlugins.OwnFolder(new Dictionary<string, string>(), Windows));
    }
}
