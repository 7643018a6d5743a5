package dev.polycert.vendor.tencent.ssl;

import dev.polycert.provider.Information.Person;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Splits a full name into last and first name, because Tencent Cloud wants two members. */
final class FullName {
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}{2,4}");

  /** Family names of two characters; all others have one. */
  private static final Set<String> LONG_FAMILY_NAMES =
      Set.of(
          "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "慕容", "长孙", "長孫",
          "宇文", "司徒", "夏侯", "令狐", "端木", "东方", "東方", "南宫", "南宮", "独孤", "獨孤", "轩辕", "軒轅", "钟离", "鍾離",
          "闻人", "聞人", "澹台", "澹臺", "呼延");

  private FullName() {}

  /** The same person with both names, where they are given or the full name can be split. */
  static Person split(Person person) {
    String name = person.name() == null ? "" : person.name().strip();
    if (given(person.firstName()) || given(person.lastName()) || name.isEmpty()) {
      return person;
    }
    String[] words = name.split("\\s+");
    if (words.length > 1) {
      boolean familyFirst = HAN.matcher(String.join("", words)).matches();
      String last = familyFirst ? words[0] : words[words.length - 1];
      int at = familyFirst ? last.length() : 0;
      int end = familyFirst ? name.length() : name.length() - last.length();
      return with(person, name.substring(at, end).strip(), last);
    }
    if (!HAN.matcher(name).matches()) {
      return person;
    }
    int family = name.length() > 2 && LONG_FAMILY_NAMES.contains(name.substring(0, 2)) ? 2 : 1;
    return with(person, name.substring(family), name.substring(0, family));
  }

  private static boolean given(@Nullable String name) {
    return name != null && !name.isBlank();
  }

  private static Person with(Person person, String first, String last) {
    return new Person(
        person.name(), first, last, person.phone(), person.email(), person.position());
  }
}
