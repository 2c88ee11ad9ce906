namespace Interclustering.Accounts.SignIn;

/// <summary>What is wrong with one field of a form.</summary>
/// <param name="Field">Its id.</param>
/// <param name="Message">For the person who typed it.</param>
public sealed record FieldWrong(string Field, string Message);
