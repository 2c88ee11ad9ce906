namespace Interclustering.Node.Forms;

/// <summary>A field that can't stand as typed, and why, in a kind sentence.</summary>
public sealed record FieldError(string Field, string Message);
