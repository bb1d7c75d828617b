package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.ArchiveException.Kind;
import dev.lifeboat.pgarchive.ArchiveException.Place;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;

/**
 * A script's bytes, decompressed: SQL text, one byte to a character, and between it rows of COPY text. Knows where it is, so that every
 * fault can say so. Not thread-safe.
 */
final class ScriptInput implements SqlText, Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int limit;
    private long bufferStart;
    private long line = 1;
    private TextEncoding encoding = TextEncoding.UTF8;
    // What is kept: these bytes, then those in the buffer from keptFrom on.
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int keptFrom = -1;
    private long keptStart;
    private boolean atLineStart;

    /**
     * @param name the dump's, for messages
     * @param in closed with this object
     */
    ScriptInput(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    @Override
    public int at(int ahead) throws IOException {
        while (next + ahead >= limit) {
            if (!fill()) {
                return -1;
            }
        }
        return buffer[next + ahead] & 0xff;
    }

    @Override
    public void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int c = at(0);
            if (c < 0) {
                return;
            }
            line += c == '\n' ? 1 : 0;
            next++;
        }
    }

    @Override
    public void keep() {
        kept.reset();
        keptFrom = next;
        keptStart = position();
    }

    @Override
    public int keptLength() {
        return kept.size() + next - keptFrom;
    }

    @Override
    public String kept() {
        flushKept();
        byte[] bytes = kept.toByteArray();
        try {
            String text = encoding.decode(bytes);
            if (text.indexOf('\0') >= 0) {
                throw corrupt("its text has a zero byte, which PostgreSQL's never has.");
            }
            return text;
        } catch (CharacterCodingException e) {
            if (encoding.isUnknown()) {
                throw unsupported(
                        "its text has bytes that are not UTF-8, and the database has no encoding (SQL_ASCII) to read them by.",
                        "Restore this one with psql; move the database to one with encoding UTF8.");
            }
            ArchiveException fault = corrupt("its text is not in its encoding, " + encoding.name() + ".");
            fault.initCause(e);
            throw fault;
        }
    }

    private void flushKept() {
        kept.write(buffer, keptFrom, next - keptFrom);
        keptFrom = next;
    }

    @Override
    public long line() {
        return line;
    }

    /** The byte of the script that is read next. */
    long position() {
        return bufferStart + next;
    }

    /** The byte of the script that what is kept begins at. */
    long keptStart() {
        return keptStart;
    }

    TextEncoding encoding() {
        return encoding;
    }

    /** How text is read from here on. */
    void readAs(TextEncoding other) {
        encoding = other;
    }

    /** Rows of COPY text begin here. */
    void enterRows() {
        keptFrom = -1;
        kept.reset();
        atLineStart = true;
    }

    /**
     * Some bytes of the rows, at least one, or -1 behind the line {@code \.} that ends them. No row can look like it, because COPY doubles a
     * backslash in data.
     */
    int readRows(byte[] target, int offset, int length) throws IOException {
        if (at(0) < 0) {
            throw truncated("a table's rows, without the line '\\.' that ends them");
        }
        if (atLineStart && buffer[next] == '\\' && at(1) == '.' && at(2) == '\n') {
            skip("\\.\n".length());
            return -1;
        }
        int step = endOfRows(Math.min(limit, next + length)) - next;
        System.arraycopy(buffer, next, target, offset, step);
        next += step;
        atLineStart = buffer[next - 1] == '\n';
        return step;
    }

    /** Before the next line that may be the last one. */
    private int endOfRows(int end) {
        int at = next;
        while (at < end) {
            if (buffer[at++] == '\n') {
                line++;
                if (at < end && buffer[at] == '\\') {
                    return at;
                }
            }
        }
        return at;
    }

    private boolean fill() throws IOException {
        if (keptFrom >= 0) {
            flushKept();
            if (kept.size() > Limits.MAX_STRING_BYTES) {
                throw corrupt("a statement has more than " + Limits.MAX_STRING_BYTES + " bytes.");
            }
            keptFrom = 0;
        }
        System.arraycopy(buffer, next, buffer, 0, limit - next);
        bufferStart += next;
        limit -= next;
        next = 0;
        int got = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(got, 0);
        return got > 0;
    }

    ArchiveException truncated(String within) {
        return fault(Kind.TRUNCATED, "it ends within " + within + ".", ArchiveInput.CUT_OFF);
    }

    ArchiveException corrupt(String what) {
        return fault(Kind.CORRUPT, what, ArchiveInput.DAMAGED);
    }

    ArchiveException unsupported(String what, String hint) {
        return fault(Kind.UNSUPPORTED, what, hint);
    }

    private ArchiveException fault(Kind kind, String what, String hint) {
        return new ArchiveException(kind, new Place(name, position(), "line " + line), what, hint, false);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
