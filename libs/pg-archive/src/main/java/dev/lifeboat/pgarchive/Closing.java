package dev.lifeboat.pgarchive;

import java.io.Closeable;
import java.io.IOException;

/** Closes what was opened in vain. */
final class Closing {
    private Closing() {}

    /** What closing throws is noted in the fault, which the caller throws. */
    static void after(Exception fault, Closeable opened) {
        try {
            opened.close();
        } catch (IOException suppressed) {
            fault.addSuppressed(suppressed);
        }
    }
}
