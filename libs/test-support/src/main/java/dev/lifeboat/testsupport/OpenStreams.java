package dev.lifeboat.testsupport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which of the streams that a test handed out are still open. Thread-safe. */
public final class OpenStreams {
    private final Map<InputStream, String> open = new ConcurrentHashMap<>();

    /**
     * @param what names the stream in the failure's message
     * @return the same stream, watched
     */
    public InputStream track(InputStream stream, String what) {
        InputStream tracked = new FilterInputStream(stream) {
            @Override
            public void close() throws IOException {
                open.remove(this);
                super.close();
            }
        };
        open.put(tracked, what);
        return tracked;
    }

    List<String> names() {
        return open.values().stream().sorted().toList();
    }
}
