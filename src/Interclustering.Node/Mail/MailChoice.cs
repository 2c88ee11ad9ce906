namespace Interclustering.Node.Mail;

/// <summary>When a member gets mails of a group, where they have said so. It ends with the account.</summary>
public sealed class MailChoice
{
    /// <summary>Id of the member of staff.</summary>
    public required string Member { get; init; }

    /// <summary>One of <see cref="MailGroups"/>.</summary>
    public required string Group { get; init; }

    /// <summary>One of <see cref="MailTimes"/>.</summary>
    public required string Time { get; set; }
}
