package dev.lifeboat.pgarchive;

/**
 * The number of rows in COPY text and a fingerprint of them that does not depend on their order. Stub.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class RowFingerprint {
    /** Takes a further piece of COPY text, cut anywhere. */
    public void update(byte[] copyText, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    /** Complete lines so far. */
    public long rows() {
        throw new UnsupportedOperationException();
    }

    /** Whether the text so far ends within a line: that line is neither counted nor part of the value. */
    public boolean insideRow() {
        throw new UnsupportedOperationException();
    }

    /** The fingerprint of the complete lines so far: 32 lower-case hexadecimal digits. */
    public String value() {
        throw new UnsupportedOperationException();
    }
}
