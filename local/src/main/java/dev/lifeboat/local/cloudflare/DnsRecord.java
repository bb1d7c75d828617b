package dev.lifeboat.local.cloudflare;

/**
 * A DNS record.
 *
 * @param id 32 hexadecimal digits
 * @param type A, AAAA, CNAME or TXT
 * @param name the fully qualified host name
 * @param content an address, a host name or text
 * @param ttl in seconds, 1 for "automatic"
 * @param proxied whether Cloudflare's own addresses stand before it
 * @param comment for people, may be null
 */
public record DnsRecord(
        String id, String type, String name, String content, int ttl, boolean proxied, String comment) {}
