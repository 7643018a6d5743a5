package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param number from 1
 * @param size 1-500
 */
record Page(int number, int size) {
  private static final int LARGEST = 500;

  /** Applies the operation to the page that the parameters name, or refuses them. */
  static Answer with(Query parameters, Function<Page, Answer> answer) {
    var number = number(parameters, "PageNumber", 1).filter(n -> n >= 1);
    var size = number(parameters, "PageSize", LARGEST).filter(n -> n >= 1 && n <= LARGEST);
    if (number.isEmpty()) {
      return Refusals.invalid("PageNumber", "an integer from 1");
    }
    return size.isEmpty()
        ? Refusals.invalid("PageSize", "an integer from 1 to " + LARGEST)
        : answer.apply(new Page(number.get(), size.get()));
  }

  <T> List<T> of(List<T> all) {
    return all.stream().skip((number - 1L) * size).limit(size).toList();
  }

  private static Optional<Integer> number(Query parameters, String name, int otherwise) {
    var text = parameters.text(name);
    return text.isEmpty()
        ? Optional.of(otherwise)
        : text.filter(t -> t.matches("\\d{1,9}")).map(Integer::valueOf);
  }
}
