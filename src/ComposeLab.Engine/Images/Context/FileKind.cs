using System.Formats.Tar;

namespace ComposeLab.Engine.Images.Context;

/// <summary>Distinguishes regular files from sockets, named pipes and devices, which have no content to send and can block when they are opened.</summary>
internal static class FileKind
{
    private const int TypeFlag = 156;

    // The code of exceptions that do not come from the system.
    private const int NotSupported = unchecked((int)0x80131620);

    /// <summary>Whether a file is a regular file.</summary>
    /// <param name="file">The file, not a link.</param>
    /// <returns>False for everything except a regular file.</returns>
    public static bool IsRegular(FileInfo file)
    {
        if (file.Length > 0 || OperatingSystem.IsWindows())
        {
            return true;
        }

        // The runtime knows the kind of a file, but exposes it only in the header of an archive.
        using var buffer = new MemoryStream();
        try
        {
            using var tar = new TarWriter(buffer, TarEntryFormat.Ustar, leaveOpen: true);
            tar.WriteEntry(file.FullName, "file");
        }
        catch (IOException fault)
        {
            // An error of the system means that the content cannot be read, which is reported when it is sent.
            return fault.HResult != NotSupported;
        }

        return buffer.Length > TypeFlag && buffer.GetBuffer()[TypeFlag] is (byte)'0' or 0;
    }
}
