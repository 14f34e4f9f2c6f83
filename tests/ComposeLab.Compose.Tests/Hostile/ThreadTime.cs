using System.Runtime.InteropServices;

namespace ComposeLab.Compose.Tests.Hostile;

/// <summary>How long the processor has worked for this thread: a busy machine makes a thread wait, but not work more.</summary>
internal static class ThreadTime
{
    private const int ThreadClockOfLinux = 3;

    /// <summary>The time so far; on other systems than Linux the time on the wall.</summary>
    public static TimeSpan Now =>
        OperatingSystem.IsLinux() && GetTime(ThreadClockOfLinux, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
            : TimeSpan.FromMilliseconds(System.Environment.TickCount64);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
