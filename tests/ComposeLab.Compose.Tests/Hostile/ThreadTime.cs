using System.Runtime.InteropServices;

namespace ComposeLab.Compose.Tests.Hostile;

/// <summary>How long the processor has worked for this thread: a busy machine makes a thread wait, but not work more.</summary>
internal static class ThreadTime
{
    private const int ThreadClockOfLinux = 3;

    /// <summary>The time so far; on other systems than Linux and Windows the time on the wall.</summary>
    public static TimeSpan Now =>
        OperatingSystem.IsLinux() && GetTime(ThreadClockOfLinux, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
            : OperatingSystem.IsWindows() && GetTimes(GetThread(), out _, out _, out var system, out var user) != 0
            ? TimeSpan.FromTicks(system + user)
            : TimeSpan.FromMilliseconds(System.Environment.TickCount64);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out Timespec time);

    [DllImport("kernel32", EntryPoint = "GetThreadTimes")]
    private static extern int GetTimes(nint thread, out long created, out long exited, out long system, out long user);

    [DllImport("kernel32", EntryPoint = "GetCurrentThread")]
    private static extern nint GetThread();

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
