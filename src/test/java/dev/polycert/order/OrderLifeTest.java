package dev.polycert.order;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** The law, whatever happens in whatever order: duplicates, races, lost answers, kills, time. */
class OrderLifeTest {

  @Property(seed = "4071")
  void theLawHolds(@ForAll("lives") List<Move.Then> moves) {
    try (LifeModel model = new LifeModel()) {
      moves.forEach(model::live);
      model.historiesAreWhole();
      Statistics.label("applications").collect(Math.min(model.applications(), 8));
    }
  }

  @Provide
  Arbitrary<List<Move.Then>> lives() {
    return Move.lives();
  }
}
