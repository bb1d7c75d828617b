package dev.lifeboat.verifier;

import dev.lifeboat.pgarchive.ByteSource;
import dev.lifeboat.verifier.Verification.TimeLeft;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends every reading when the function's time is over. */
final class TimedSource implements ByteSource {
    private final ByteSource source;
    private final TimeLeft time;

    TimedSource(ByteSource source, TimeLeft time) {
        this.source = source;
        this.time = time;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long length() throws IOException {
        return source.length();
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        return new FilterInputStream(source.open(offset, length)) {
            @Override
            public int read(byte[] target, int from, int count) throws IOException {
                time.check();
                return super.read(target, from, count);
            }
        };
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
