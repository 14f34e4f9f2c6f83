namespace ComposeLab.Api.Endpoints;

/// <summary>The answer of <c>/</c>.</summary>
/// <param name="Message">A greeting.</param>
/// <param name="Profile">The dependency profile the service was built with: <c>dev</c> or <c>prod</c>.</param>
/// <param name="Version">The service's version.</param>
internal sealed record ApiMessage(string Message, string Profile, string Version);
