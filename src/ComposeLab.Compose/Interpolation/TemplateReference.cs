namespace ComposeLab.Compose.Interpolation;

/// <summary>A variable that a text refers to.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Operator">What is to happen when it is unset; null: it becomes an empty text.</param>
/// <param name="Operand">The default, words or alternative as written; null without an operator.</param>
/// <param name="Offset">Where its dollar sign stands in the text.</param>
internal sealed record TemplateReference(string Name, TemplateOperator? Operator, string? Operand, int Offset);
