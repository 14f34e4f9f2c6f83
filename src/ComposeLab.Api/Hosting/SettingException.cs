namespace ComposeLab.Api.Hosting;

/// <summary>A setting from the environment that cannot be used. The message names it, what was expected and what was found.</summary>
/// <param name="setting">The environment variable at fault.</param>
/// <param name="fault">Expected and found, without the value itself where that may contain a password.</param>
internal sealed class SettingException(string setting, string fault) : Exception($"{setting}: {fault}");
