namespace Interclustering.Node.Mail;

/// <summary>What a mail program sends to turn mails off (RFC 8058 §3.2), and what the button of the page sends.</summary>
internal static class OneClick
{
    public const string Field = "List-Unsubscribe", Value = "One-Click";
}
