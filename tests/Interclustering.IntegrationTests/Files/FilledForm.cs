namespace Interclustering.IntegrationTests.Files;

/// <summary>A form with files in it.</summary>
internal sealed class FilledForm : MultipartFormDataContent
{
    public FilledForm With(string name, byte[] content) => With("files", name, content);

    public FilledForm With(string field, string name, byte[] content)
    {
        Add(new ByteArrayContent(content), field, name);
        return this;
    }
}
