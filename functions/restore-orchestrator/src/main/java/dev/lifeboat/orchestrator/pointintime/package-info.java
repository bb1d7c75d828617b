/**
 * Recovery to a point in time: a second instance of PostgreSQL is restored beside the live one, stands still at the point, is looked into, and
 * takes the live one's place.
 */
package dev.lifeboat.orchestrator.pointintime;
