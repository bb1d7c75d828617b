package dev.lifeboat.aws;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Requests one thing, and when that was not the one looked for two at once, then four, and so on: what lies first is found with the
 * fewest requests, and what lies far behind still in little time. Not thread-safe.
 */
final class ReadAhead<T, R> implements Iterator<R> {
    private static final int MOST_AT_ONCE = 32;

    private final Iterator<T> inputs;
    private final Function<T, R> request;
    private final Queue<R> results = new ArrayDeque<>();
    private int atOnce = 1;

    ReadAhead(Iterator<T> inputs, Function<T, R> request) {
        this.inputs = inputs;
        this.request = request;
    }

    Stream<R> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    @Override
    public boolean hasNext() {
        if (results.isEmpty()) {
            List<T> batch = new ArrayList<>();
            while (batch.size() < atOnce && inputs.hasNext()) {
                batch.add(inputs.next());
            }
            results.addAll(InParallel.map(batch, request));
            atOnce = Math.min(MOST_AT_ONCE, atOnce * 2);
        }
        return !results.isEmpty();
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return results.remove();
    }
}
