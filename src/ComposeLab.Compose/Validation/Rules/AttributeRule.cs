namespace ComposeLab.Compose.Validation.Rules;

/// <summary>An attribute of the specification.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Rule">What its value must look like.</param>
/// <param name="Use">What ComposeLab does with it when a stack runs.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record AttributeRule(string Name, Rule Rule, AttributeUse Use = AttributeUse.Run, bool IsRequired = false);
