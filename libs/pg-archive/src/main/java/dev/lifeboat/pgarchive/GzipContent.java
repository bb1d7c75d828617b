package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/**
 * One gzip member (RFC 1952) as zlib's gzopen writes it, without any of the optional fields. Its CRC-32 and length are checked, and no
 * byte may follow it: java.util.zip's own reader ignores those.
 */
final class GzipContent extends InflatedContent {
    private static final int HEADER_BYTES = 10;
    /** Of the header: magic number, method (deflate), flags. What follows, a time, hints and a system, decides nothing. */
    private static final byte[] BEGINNING = {0x1f, (byte) 0x8b, 8, 0};

    private final CRC32 sum = new CRC32();
    private long length;
    private boolean begun;

    GzipContent(Chunks chunks, ArchiveInput in) {
        super(chunks, in, new Inflater(/* nowrap= */ true), "gzip");
    }

    @Override
    void restart() {
        super.restart();
        sum.reset();
        length = 0;
        begun = false;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (!begun) {
            readHeader();
            begun = true;
        }
        int got = super.read(target, offset, count);
        if (got > 0) {
            sum.update(target, offset, got);
            length += got;
        }
        return got;
    }

    private void readHeader() throws IOException {
        byte[] header = chunks().readNBytes(HEADER_BYTES);
        if (header.length < HEADER_BYTES) {
            throw cutOff();
        }
        if (!Arrays.equals(BEGINNING, 0, BEGINNING.length, header, 0, BEGINNING.length)) {
            throw broken("does not begin as pg_dump's do");
        }
    }

    @Override
    void readTrailer() throws IOException {
        requireTrailer(sum.getValue(), "CRC-32");
        requireTrailer(length & 0xffff_ffffL, "length");
    }

    private void requireTrailer(long expected, String what) throws IOException {
        long found = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int next = readBehind();
            if (next < 0) {
                throw cutOff();
            }
            found |= (long) next << shift;
        }
        if (found != expected) {
            throw broken("has another " + what + " than its content: " + found + ", expected " + expected);
        }
    }
}
