package org.tiepoint.evaluation.reconstruction;

/**
 * What a stage took.
 *
 * @param wall minutes by the clock
 * @param cpu  minutes of all processors together; less than the clock's where other programs had them
 */
public record CpuMinutes(double wall, double cpu) {
    static final CpuMinutes NONE = new CpuMinutes(0, 0);

    CpuMinutes plus(CpuMinutes other) {
        return new CpuMinutes(wall + other.wall, cpu + other.cpu);
    }
}
