package dev.lifeboat.local.s3;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was deleted from versioned buckets: S3Mock lists an object whose newest version is a delete marker, and S3 does not. Source: Amazon S3
 * User Guide, "Working with delete markers". Thread-safe.
 */
final class DeletedObjects {
    private static final Pattern KEY = Pattern.compile("<Object>.*?<Key>([^<]*)</Key>", Pattern.DOTALL);
    private static final Pattern CONTENTS =
            Pattern.compile("<Contents>.*?<Key>([^<]*)</Key>.*?</Contents>", Pattern.DOTALL);
    private static final Pattern PREFIX =
            Pattern.compile("<CommonPrefixes><Prefix>([^<]*)</Prefix></CommonPrefixes>", Pattern.DOTALL);
    private static final Pattern COUNT = Pattern.compile("<KeyCount>\\d+</KeyCount>");

    /** Bucket, slash, key. */
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    void written(String bucket, String key) {
        deleted.remove(bucket + "/" + key);
    }

    void deleted(String bucket, String key) {
        deleted.add(bucket + "/" + key);
    }

    /** @param request of DeleteObjects */
    void deletedAll(String bucket, String request) {
        KEY.matcher(request).results().forEach(match -> deleted(bucket, unescape(match.group(1))));
    }

    boolean any(String bucket) {
        return deleted.stream().anyMatch(each -> each.startsWith(bucket + "/"));
    }

    /**
     * A page of ListObjectsV2 without them.
     *
     * @param keys every key below a prefix, the deleted ones too
     */
    String without(String bucket, String page, Function<String, Collection<String>> keys) {
        String kept = filter(page, CONTENTS, key -> !deleted.contains(bucket + "/" + key));
        kept = filter(
                kept,
                PREFIX,
                prefix -> keys.apply(prefix).stream().anyMatch(key -> !deleted.contains(bucket + "/" + key)));
        long count = CONTENTS.matcher(kept).results().count()
                + PREFIX.matcher(kept).results().count();
        return COUNT.matcher(kept).replaceFirst("<KeyCount>" + count + "</KeyCount>");
    }

    private static String filter(String page, Pattern element, Predicate<String> kept) {
        Matcher matcher = element.matcher(page);
        return matcher.replaceAll(
                match -> kept.test(unescape(match.group(1))) ? Matcher.quoteReplacement(match.group()) : "");
    }

    private static String unescape(String xml) {
        return xml.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
