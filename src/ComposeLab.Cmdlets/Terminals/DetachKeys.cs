namespace ComposeLab.Terminals;

/// <summary>Detects Ctrl-P Ctrl-Q among the typed keys; all other keys are passed on.</summary>
internal sealed class DetachKeys
{
    private const byte CtrlP = 0x10;
    private const byte CtrlQ = 0x11;

    private bool _held;

    /// <summary>Whether the two keys were typed one after the other.</summary>
    public bool Typed { get; private set; }

    /// <summary>Processes typed keys.</summary>
    /// <param name="keys">The bytes.</param>
    /// <returns>The bytes to send now; a Ctrl-P is held back until the next key is known.</returns>
    public byte[] Pass(ReadOnlySpan<byte> keys)
    {
        var passed = new List<byte>(keys.Length + 1);
        foreach (byte key in keys)
        {
            if (_held)
            {
                _held = false;
                if (key == CtrlQ)
                {
                    Typed = true;
                    break;
                }

                passed.Add(CtrlP);
            }

            if (key == CtrlP)
            {
                _held = true;
            }
            else
            {
                passed.Add(key);
            }
        }

        return [.. passed];
    }
}
