namespace ComposeLab.Database.Diagnosis;

/// <summary>What a diagnosis says.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Message">The cause in a sentence.</param>
/// <param name="Recommendation">What mends it, to be typed.</param>
internal sealed record Finding(LabDbCause Cause, string Message, string Recommendation);
