using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Projects;

[Collection(ProcessEnvironmentCollection.Name)]
public sealed class ProcessEnvironmentTests
{
    [Fact]
    public void PWD_is_the_location_of_the_session_unless_the_user_has_set_it()
    {
        string? before = Environment.GetEnvironmentVariable("PWD");
        try
        {
            Environment.SetEnvironmentVariable("PWD", Environment.CurrentDirectory);
            Assert.Equal("/of/the/session", ProcessEnvironment.Read("/of/the/session")["PWD"]);
            Environment.SetEnvironmentVariable("PWD", "/set/by/the/user");
            Assert.Equal("/set/by/the/user", ProcessEnvironment.Read("/of/the/session")["PWD"]);
            Environment.SetEnvironmentVariable("PWD", null);
            Assert.False(ProcessEnvironment.Read("/of/the/session").ContainsKey("PWD"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PWD", before);
        }
    }
}
