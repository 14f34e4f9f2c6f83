namespace ComposeLab.Reporting;

/// <summary>Text that is markup already.</summary>
/// <param name="Text">The markup.</param>
internal sealed record RawHtml(string Text);
