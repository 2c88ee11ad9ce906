using System.Globalization;
using System.Threading.Channels;
using Interclustering.Federation.Liveness;
using Interclustering.Node.Audit;
using Interclustering.Node.Mail;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Team;

/// <summary>An address for which a new password was asked for.</summary>
/// <param name="Node">Whose workspace.</param>
/// <param name="Email">As typed.</param>
/// <param name="Address">What the link in the mail begins with.</param>
/// <param name="Culture">The language of the request.</param>
internal sealed record PasswordRequest(NodeInstance Node, string Email, string Address, CultureInfo Culture);

/// <summary>
/// Answers requests for a new password behind the request's back: the answer takes the same time for a known and an unknown address. What a
/// restart loses is asked for again.
/// </summary>
internal sealed partial class PasswordRequests(TimeProvider clock, ILogger<PasswordRequests> logger) : SteadyService(clock, logger)
{
    private const int MostWaiting = 1_000;
    private readonly Channel<PasswordRequest> waiting =
        Channel.CreateBounded<PasswordRequest>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>How long an account gets no second mail.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMinutes(5);

    public void Add(PasswordRequest request) => waiting.Writer.TryWrite(request);

    /// <returns>Whether a mail was queued.</returns>
    public async Task<bool> AnswerAsync(PasswordRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = request.Culture;
        var (now, normalized) = (Clock.GetUtcNow().UtcDateTime, request.Email.ToUpperInvariant());
        await using var db = request.Node.Open();
        if (await db.Users.AsNoTracking()
            .SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, cancellation) is not { Email: { } email } member)
        {
            return false;
        }

        var since = now - Pause;
        if (await db.AccessLinks.AnyAsync(link => link.Purpose == AccessLink.Reset && link.Email == email
            && link.CreatedAt > since, cancellation))
        {
            return false;
        }

        var (_, secret) = await AccessLink.CreateAsync(db, AccessLink.Reset, email, member.Name, "", now, cancellation);
        StaffMails.NewPassword(request.Node, member.Name, request.Address + secret).Queue(db, email, now, MailAbout.Member(member.Id));
        db.Note(member.Id, AuditedActions.PasswordAsked, "", now);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    protected override async Task WorkAsync(CancellationToken stop)
    {
        await foreach (var request in waiting.Reader.ReadAllAsync(stop))
        {
            try
            {
                await AnswerAsync(request, stop);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception, request.Node.Code);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: a request for a new password could not be answered")]
    private partial void LogFailed(Exception exception, string code);
}
