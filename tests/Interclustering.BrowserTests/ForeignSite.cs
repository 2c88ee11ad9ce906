using System.Net;
using System.Text;
using Interclustering.Testing.Servers;

namespace Interclustering.BrowserTests;

/// <summary>A page of another site, on an origin of its own, with what was copied into it.</summary>
internal sealed class ForeignSite : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly string page;
    private readonly Task answering;

    public ForeignSite(string snippet)
    {
        page = $"<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + $"content=\"width=device-width\"><title>Cluster</title>"
            + $"<body style=\"font-family:serif;color:rgb(40,20,60)\"><main><h1>Notre cluster</h1>{snippet}</main>";
        Address = $"http://127.0.0.1:{ServerProgram.FreePort()}/";
        listener.Prefixes.Add(Address);
        listener.Start();
        answering = AnswerAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await answering;
        ((IDisposable)listener).Dispose();
    }

    private async Task AnswerAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(page));
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
