using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Interclustering.Node.Forms;

/// <summary>
/// A form that is sent twice is carried out once: the second press on a slow line, the reload of what it led to, the press after « Back »
/// all get the first answer. Its key is the token of its page with everything that was typed; another page has another token.
/// </summary>
/// <param name="clock">Tells what is too old to be a second press.</param>
internal sealed class OncePerForm(TimeProvider clock) : IEndpointFilter
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);
    private readonly ConcurrentDictionary<string, Press> presses = [];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType)
        {
            return await next(context);
        }

        var key = KeyOf(http, await http.Request.ReadFormAsync(http.RequestAborted));
        var mine = new Press(clock.GetUtcNow());
        // What only showed the form again, or was broken off, has done nothing: one of those that wait is the next that may.
        while (presses.GetOrAdd(key, mine) is var first && first != mine)
        {
            if (await first.Answer.WaitAsync(http.RequestAborted) is { } known)
            {
                return known;
            }
        }

        IResult? done = null;
        try
        {
            var answer = await next(context);
            // Whatever was carried out leads to another page.
            done = answer is INestedHttpResult nested ? nested.Result as RedirectHttpResult : answer as RedirectHttpResult;
            return answer;
        }
        finally
        {
            if (done is null)
            {
                presses.TryRemove(KeyValuePair.Create(key, mine));
            }

            mine.Is(done);
            Forget();
        }
    }

    private void Forget()
    {
        var before = clock.GetUtcNow() - Kept;
        foreach (var (key, _) in presses.Where(press => press.Value.At < before)
            .Concat(presses.Count > MostKept ? presses.OrderBy(press => press.Value.At).Take(presses.Count - MostKept) : []))
        {
            presses.TryRemove(key, out _);
        }
    }

    private static string KeyOf(HttpContext http, IFormCollection form)
    {
        var text = new StringBuilder(http.User.FindFirstValue(ClaimTypes.NameIdentifier)).Append('\n').Append(http.Request.Path);
        foreach (var (name, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(name).Append('=').AppendJoin('\u001f', values.ToArray());
        }

        foreach (var file in form.Files)
        {
            text.Append('\n').Append(file.Name).Append('=').Append(file.FileName).Append(' ').Append(file.Length);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>A form that was sent, and where it led; null when it led nowhere else.</summary>
    private sealed class Press(DateTimeOffset at)
    {
        private readonly TaskCompletionSource<IResult?> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DateTimeOffset At => at;

        public Task<IResult?> Answer => answered.Task;

        public void Is(IResult? answer) => answered.TrySetResult(answer);
    }
}
