package dev.lifeboat.pgarchive;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * What {@code scripts/fuzz} has Jazzer call with whatever it thinks of: any bytes are read to their end by verification, and by
 * random access or the reader's own error, and what verification finds sound can be restored, with the same rows. No test: it has
 * no end. Loops and memory are the fuzzer's to find, by its time limit and a small heap.
 */
public final class ArchiveFuzzer {
    private ArchiveFuzzer() {}

    /** The name and signature that Jazzer looks for. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        ArchiveVerification verification =
                ArchiveVerifier.verify("fuzzed", new ByteArrayInputStream(input), ArchiveVerifier.Observer.NONE);
        if (verification.bytesRead() != input.length) {
            throw new AssertionError("verified " + verification.bytesRead() + " bytes of " + input.length);
        }
        try {
            DamagedReading.requireSame(verification, DamagedReading.readAll(input));
        } catch (ArchiveException e) {
            if (verification.sound()) {
                throw new AssertionError("sound, but can't be restored", e);
            }
        }
    }
}
