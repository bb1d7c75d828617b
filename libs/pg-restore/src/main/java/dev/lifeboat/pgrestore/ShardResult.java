package dev.lifeboat.pgrestore;

/**
 * What a shard holds now, whoever restored it.
 *
 * @param index the shard's
 * @param entries how many of the archive's entries it is
 * @param rows in all of them; large objects count as one each
 */
public record ShardResult(int index, int entries, long rows) {}
