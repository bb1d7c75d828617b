package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a gzip file (RFC 1952) of one or several members. Length and CRC-32 of each are checked, and nothing but a further
 * member may follow one: java.util.zip.GZIPInputStream takes whatever follows, and a header that is cut short, for the file's end.
 */
final class GunzippedInputStream extends BulkInputStream {
    private static final int INPUT_BYTES = 1 << 15;
    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;
    private static final int TIME_FLAGS_AND_SYSTEM_BYTES = 6;

    private final ArchiveInput in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] input = new byte[INPUT_BYTES];
    private int next;
    private int limit;
    private boolean inMember;
    private boolean ended;

    /** @param in closed with this stream */
    GunzippedInputStream(ArchiveInput in) {
        this.in = in;
        in.enter("gzip header");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember) {
                beginMember();
            }
            int got = inflate(target, offset, length);
            if (got > 0) {
                return got;
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            if (next == limit) {
                feed();
            }
            inflater.setInput(input, next, limit - next);
            int got = inflater.inflate(target, offset, length);
            next = limit - inflater.getRemaining();
            checksum.update(target, offset, got);
            if (got == 0 && inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw in.corrupt("its deflate stream wants a dictionary, which gzip never uses.");
            }
            return got;
        } catch (DataFormatException e) {
            ArchiveException fault = in.corrupt("its deflate stream is broken: " + e.getMessage() + ".");
            fault.initCause(e);
            throw fault;
        }
    }

    private void feed() throws IOException {
        if (!fill() && !inflater.finished()) {
            throw in.truncated("the deflate stream");
        }
    }

    private boolean fill() throws IOException {
        next = 0;
        limit = Math.max(0, in.read(input, 0, input.length));
        return limit > 0;
    }

    private int readByte(String what) throws IOException {
        if (next == limit && !fill()) {
            throw in.truncated(what);
        }
        return input[next++] & 0xff;
    }

    private long readLittleEndian(int bytes, String what) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 8 * bytes; shift += 8) {
            value |= (long) readByte(what) << shift;
        }
        return value;
    }

    private void beginMember() throws IOException {
        String what = "a gzip member's header";
        long magic = readLittleEndian(2, what);
        int method = readByte(what);
        int flags = readByte(what);
        if (magic != MAGIC || method != DEFLATE || (flags & RESERVED) != 0) {
            throw in.corrupt("no gzip member begins where one must: magic " + Long.toHexString(magic) + ", method "
                    + method + ", flags " + flags + ", expected magic 8b1f, method 8, flags below 32.");
        }
        readLittleEndian(TIME_FLAGS_AND_SYSTEM_BYTES, what);
        if ((flags & EXTRA) != 0) {
            long extra = readLittleEndian(2, what);
            for (long i = 0; i < extra; i++) {
                readByte(what);
            }
        }
        skipText(flags & NAME, what);
        skipText(flags & COMMENT, what);
        if ((flags & HEADER_CHECKSUM) != 0) {
            readLittleEndian(2, what);
        }
        inflater.reset();
        checksum.reset();
        inMember = true;
        in.enter("gzip content");
    }

    private void skipText(int present, String what) throws IOException {
        while (present != 0 && readByte(what) != 0) {
            // up to the zero byte
        }
    }

    private void endMember() throws IOException {
        String what = "a gzip member's checksum and length";
        long wanted = readLittleEndian(Integer.BYTES, what);
        long length = readLittleEndian(Integer.BYTES, what);
        if (wanted != checksum.getValue()) {
            throw in.corrupt("its content's CRC-32 is " + Long.toHexString(checksum.getValue()) + ", expected "
                    + Long.toHexString(wanted) + ".");
        }
        long found = inflater.getBytesWritten() & 0xffff_ffffL;
        if (length != found) {
            throw in.corrupt("its content has " + found + " bytes modulo 2^32, expected " + length + ".");
        }
        inMember = false;
        ended = next == limit && !fill();
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
