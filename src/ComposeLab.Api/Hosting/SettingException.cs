namespace ComposeLab.Api.Hosting;

/// <summary>An invalid setting in the environment. The message contains its name, what was expected and what was found.</summary>
/// <param name="setting">The invalid environment variable.</param>
/// <param name="fault">What was expected and what was found, without the value if it may contain a password.</param>
internal sealed class SettingException(string setting, string fault) : Exception($"{setting}: {fault}");
