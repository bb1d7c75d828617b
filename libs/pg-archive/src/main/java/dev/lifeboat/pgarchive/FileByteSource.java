package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A file, read by position: streams that it opened are independent of each other. */
public final class FileByteSource implements ByteSource {
    private final Path file;
    private final FileChannel channel;

    /**
     * @param file an existing file
     * @throws IOException when it can't be opened for reading
     */
    public FileByteSource(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public long length() throws IOException {
        return channel.size();
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        Objects.checkFromIndexSize(offset, /* size= */ length, /* length= */ channel.size());
        return new Range(channel, offset, offset + length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A part of the file. Closing it leaves the channel open, which belongs to the source. */
    private static final class Range extends BulkInputStream {
        private final FileChannel channel;
        private final long end;
        private long position;

        Range(FileChannel channel, long start, long end) {
            this.channel = channel;
            this.position = start;
            this.end = end;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, buffer.length);
            int wanted = (int) Math.min(length, end - position);
            if (wanted == 0) {
                return length == 0 ? 0 : -1;
            }
            int got = channel.read(ByteBuffer.wrap(buffer, offset, wanted), position);
            if (got > 0) {
                position += got;
            }
            return got;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, end - position));
            position += skipped;
            return skipped;
        }
    }
}
