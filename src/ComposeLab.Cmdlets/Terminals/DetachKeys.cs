namespace ComposeLab.Terminals;

/// <summary>Looks for Ctrl-P Ctrl-Q among the keys that are typed; everything else passes as it is.</summary>
internal sealed class DetachKeys
{
    private const byte CtrlP = 0x10;
    private const byte CtrlQ = 0x11;

    private bool _held;

    /// <summary>Whether the two keys were typed one after the other.</summary>
    public bool Typed { get; private set; }

    /// <summary>Takes what was typed.</summary>
    /// <param name="keys">The bytes.</param>
    /// <returns>What is to be sent now; a Ctrl-P is held back until the next key is known.</returns>
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
