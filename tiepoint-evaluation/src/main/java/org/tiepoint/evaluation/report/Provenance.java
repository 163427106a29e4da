package org.tiepoint.evaluation.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tiepoint.evaluation.Machine;

/**
 * How a report came about.
 *
 * @param command  that made it, as typed
 * @param settings thresholds and the like, by name
 * @param machine  what it was measured on
 * @param versions of this program and its libraries, by name
 */
record Provenance(String command, Map<String, String> settings, Machine machine, Map<String, String> versions) {
    void addTo(Page page) {
        page.heading("How this was made").command(command);
        Map<String, String> facts = new LinkedHashMap<>(settings);
        facts.put("processor", machine.processor() + ", " + machine.cores() + " cores");
        facts.put("system", machine.system());
        facts.putAll(versions);
        page.facts(facts);
    }
}
