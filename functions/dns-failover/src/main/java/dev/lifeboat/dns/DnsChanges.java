package dev.lifeboat.dns;

import java.util.List;

/**
 * What {@code DnsFailover} answers.
 *
 * @param changed whether any record was changed by this call
 * @param records in the order asked
 */
record DnsChanges(boolean changed, List<RecordChange> records) {
    static DnsChanges of(List<RecordChange> records) {
        return new DnsChanges(records.stream().anyMatch(RecordChange::changed), records);
    }
}
