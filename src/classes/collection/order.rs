//! Sorting, the smallest and the greatest, sums.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a value of any other type is one and the same case here"
)]

use std::cmp::Ordering;

use crate::builtin::Function;
use crate::builtin::parameter::{Callback, OneOf, Rest};
use crate::classes::collection::callbacks::{Event, is_true};
use crate::classes::collection::{CK_DIACRITICAL, Path, alike, change, values};
use crate::native;
use crate::runtime::process::Process;
use crate::value::collection::{Collection, Elements};
use crate::value::compare::{Strength, order_reals};
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::sort::{self, Direction, Key};
use crate::value::text::Text;
use crate::value::{Value, number};

/// `ck count values`
const CK_COUNT_VALUES: i32 = 32;
/// `ck descending`
const CK_DESCENDING: i32 = 1;

macro_rules! functions {
    ($($constant:ident $name:literal $help:literal: $($native:expr),+;)*) => {
        $(
            #[doc = $help]
            pub const $constant: Function = Function { name: $name, help: $help, syntaxes: &[$($native),+] };
        )*
    };
}

functions! {
    AVERAGE "average" "The mean of the numbers among the elements or in a property of them.": native!(average(process, this, propertyPath));
    DISTINCT "distinct" "A new collection of the different values among the elements or in a property of them.": native!(distinct(process, this, options)), native!(distinct_property(process, this, propertyPath, options));
    MAX "max" "The greatest of the elements or of a property of them.": native!(max(process, this, propertyPath));
    MIN "min" "The smallest of the elements or of a property of them.": native!(min(process, this, propertyPath));
    MULTI_SORT "multiSort" "Sorts this collection and others along with it.": native!(multi_sort(this)), native!(multi_sort_with(this, colsToSort)), native!(multi_sort_by(process, this, formula, colsToSort));
    ORDER_BY "orderBy" "A new collection with the elements sorted, by themselves or by properties.": native!(order_by(process, this, criteria));
    ORDER_BY_METHOD "orderByMethod" "A new collection with the elements in the order that a formula says.": native!(order_by_method(process, this, formula, extraParam));
    SORT "sort" "Sorts the collection, by values or in the order that a formula says.": native!(sort_plain(this, ascOrDesc)), native!(sort_by(process, this, formula, extraParam));
    SUM "sum" "The sum of the numbers among the elements or in a property of them.": native!(sum(process, this, propertyPath));
}

fn direction(code: Option<i32>) -> Direction {
    if code == Some(CK_DESCENDING) { Direction::Descending } else { Direction::Ascending }
}

// ---- numbers ----

/// The sum of the numbers, and how many there are.
fn total(process: &mut Process, this: &Collection, path: Option<&Text>) -> Result<(f64, usize)> {
    let packed = this.with(|elements| match (elements, path) {
        (Elements::Reals(values), None) => Some((values.iter().sum(), values.len())),
        _ => None,
    });
    if let Some(packed) = packed {
        return Ok(packed);
    }
    let values = values(process, this, path)?;
    Ok(values.iter().filter_map(Value::as_real).fold((0.0, 0), |(sum, count), x| (sum + x, count + 1)))
}

fn sum(process: &mut Process, this: Collection, path: Option<Text>) -> Result<f64> {
    Ok(total(process, &this, path.as_ref())?.0)
}

#[expect(clippy::cast_precision_loss, reason = "no collection has 2^53 elements")]
fn average(process: &mut Process, this: Collection, path: Option<Text>) -> Result<Value> {
    let (sum, count) = total(process, &this, path.as_ref())?;
    Ok(if count == 0 { Value::Undefined } else { Value::Real(sum / count as f64) })
}

/// The element of a packed collection that an order puts last.
fn extreme(this: &Collection, path: Option<&Text>, order: fn(f64, f64) -> Ordering) -> Option<Value> {
    this.with(|elements| match (elements, path) {
        (Elements::Reals(values), None) => {
            values.iter().copied().max_by(|a, b| order(*a, *b)).map(Value::Real)
        }
        _ => None,
    })
}

fn max(process: &mut Process, this: Collection, path: Option<Text>) -> Result<Value> {
    if let Some(greatest) = extreme(&this, path.as_ref(), order_reals) {
        return Ok(greatest);
    }
    let values = found(process, &this, path.as_ref())?;
    Ok(sort::greatest(values.iter()).cloned().unwrap_or_default())
}

fn min(process: &mut Process, this: Collection, path: Option<Text>) -> Result<Value> {
    if let Some(smallest) = extreme(&this, path.as_ref(), |a, b| order_reals(b, a)) {
        return Ok(smallest);
    }
    let values = found(process, &this, path.as_ref())?;
    Ok(sort::smallest(values.iter()).cloned().unwrap_or_default())
}

/// The elements, or what a path leads to in those that have it: an element without the property takes no part.
fn found(process: &mut Process, this: &Collection, path: Option<&Text>) -> Result<Vec<Value>> {
    let mut values = values(process, this, path)?;
    if path.is_some() {
        values.retain(|value| !matches!(value, Value::Undefined));
    }
    Ok(values)
}

// ---- distinct ----

fn distinct(process: &mut Process, this: Collection, options: Option<i32>) -> Result<Collection> {
    different(process, &this, None, options)
}

fn distinct_property(
    process: &mut Process,
    this: Collection,
    path: Text,
    options: Option<i32>,
) -> Result<Collection> {
    different(process, &this, Some(&path), options)
}

fn different(
    process: &mut Process,
    this: &Collection,
    path: Option<&Text>,
    options: Option<i32>,
) -> Result<Collection> {
    let options = options.unwrap_or(0);
    let strength = if options & CK_DIACRITICAL != 0 { Strength::Strict } else { Strength::Letters };
    let found = sort::distinct(values(process, this, path)?, strength, process.epsilon);
    Ok(found
        .into_iter()
        .map(|(value, count)| {
            if options & CK_COUNT_VALUES == 0 {
                return value;
            }
            let entry = Object::new();
            entry.put("value", value);
            entry.put("count", i32::try_from(count).unwrap_or(i32::MAX));
            Value::Object(entry)
        })
        .collect())
}

// ---- sorts ----

fn sort_plain(this: Collection, order: Option<i32>) -> Result<Collection> {
    let direction = direction(order);
    if this.as_shared().is_none() {
        this.with_mut(|elements| sort::sort_elements(elements, direction));
        return Ok(this);
    }
    change(this, |values| {
        sort::sort_values(values, direction);
        Ok(())
    })
}

fn sort_by(
    process: &mut Process,
    this: Collection,
    callback: Callback,
    extra: Rest<Value>,
) -> Result<Collection> {
    let sorted = by_callback(process, this.to_vec(), &callback, &extra.0)?;
    change(this, |values| {
        *values = sorted;
        Ok(())
    })
}

fn order_by_method(
    process: &mut Process,
    this: Collection,
    callback: Callback,
    extra: Rest<Value>,
) -> Result<Collection> {
    let sorted = by_callback(process, this.to_vec(), &callback, &extra.0)?;
    alike(&this, sorted)
}

/// The formula finds two elements in `value` and `value2` and says whether the first goes before the second.
fn by_callback(
    process: &mut Process,
    values: Vec<Value>,
    callback: &Callback,
    extra: &[Value],
) -> Result<Vec<Value>> {
    let places = places_by_callback(process, &values, callback, extra)?;
    Ok(sort::permute(values, &places))
}

fn places_by_callback(
    process: &mut Process,
    values: &[Value],
    callback: &Callback,
    extra: &[Value],
) -> Result<Vec<usize>> {
    let mut event = Event::new(&["value", "value2"]);
    sort::order_by(values.len(), |a, b| {
        let pair = [a, b].map(|index| values.get(index).cloned().unwrap_or_default());
        event.call(process, callback, pair, extra).map(|answer| is_true(&answer.value))
    })
}

/// One level of `orderBy`.
struct Criterion {
    path: Text,
    direction: Direction,
}

fn order_by(
    process: &mut Process,
    this: Collection,
    criteria: Option<OneOf<OneOf<i32, Text>, Collection>>,
) -> Result<Collection> {
    let mut elements = this.to_vec();
    let criteria = match criteria {
        None => {
            sort::sort_values(&mut elements, Direction::Ascending);
            return alike(&this, elements);
        }
        Some(OneOf::First(OneOf::First(code))) => {
            sort::sort_values(&mut elements, direction(Some(code)));
            return alike(&this, elements);
        }
        Some(OneOf::First(OneOf::Second(text))) => criteria_of_text(&text)?,
        Some(OneOf::Second(objects)) => criteria_of_objects(&objects)?,
    };
    let mut keys = Vec::with_capacity(criteria.len());
    for criterion in criteria {
        let path = Path::new(&criterion.path);
        let values = elements.iter().map(|element| path.follow(process, element)).collect::<Result<_>>()?;
        keys.push(Key { values, direction: criterion.direction });
    }
    let places = sort::order_by_keys(elements.len(), &keys);
    alike(&this, sort::permute(elements, &places))
}

/// `"name desc, age asc"`
fn criteria_of_text(text: &Text) -> Result<Vec<Criterion>> {
    text.to_str()
        .split(',')
        .map(|part| {
            let mut words = part.split_whitespace();
            let (path, order, rest) = (words.next(), words.next(), words.next());
            let descending = match order.map(str::to_lowercase).as_deref() {
                None | Some("asc" | "ascending") => false,
                Some("desc" | "descending") => true,
                Some(_) => return Err(bad_criterion(part)),
            };
            match (path, rest) {
                (Some(path), None) => Ok(Criterion {
                    path: Text::from(path),
                    direction: if descending { Direction::Descending } else { Direction::Ascending },
                }),
                _ => Err(bad_criterion(part)),
            }
        })
        .collect()
}

#[cold]
fn bad_criterion(part: &str) -> Error {
    Error::native(1300, format!("`{}` is no criterion of a sort", part.trim()))
        .help("write a property, and `asc` or `desc` behind it")
}

/// `[{propertyPath: "name"; descending: True}]`
fn criteria_of_objects(objects: &Collection) -> Result<Vec<Criterion>> {
    objects
        .to_vec()
        .into_iter()
        .map(|value| {
            let Value::Object(object) = value else { return Err(bad_criterion("this value")) };
            let Some(Value::Text(path)) = object.get_str("propertyPath") else {
                return Err(bad_criterion("an object without propertyPath"));
            };
            let descending = matches!(object.get_str("descending"), Some(Value::Boolean(true)));
            Ok(Criterion {
                path,
                direction: if descending { Direction::Descending } else { Direction::Ascending },
            })
        })
        .collect()
}

// ---- several collections ----

fn multi_sort(this: Collection) -> Result<Collection> {
    sort_plain(this, None)
}

/// A collection that is sorted along, or one that is a further level of the sort.
struct Column {
    collection: Collection,
    level: Option<Direction>,
}

fn columns(this: &Collection, others: &Collection) -> Result<Vec<Column>> {
    others
        .to_vec()
        .into_iter()
        .map(|value| {
            let column = match value {
                Value::Collection(collection) => Column { collection, level: None },
                Value::Object(object) => {
                    let Some(Value::Collection(collection)) = object.get_str("collection") else {
                        return Err(Error::types("an object of `multiSort` needs a `collection`"));
                    };
                    let order =
                        object.get_str("order").and_then(|value| value.as_real()).map(number::to_integer);
                    Column { collection, level: Some(direction(order)) }
                }
                other => {
                    return Err(Error::types(format!(
                        "`multiSort` sorts collections, not a {}",
                        other.type_name()
                    )));
                }
            };
            if column.collection.len() == this.len() {
                return Ok(column);
            }
            Err(Error::quatre(5116, "the collections of `multiSort` have different lengths"))
        })
        .collect()
}

fn multi_sort_with(this: Collection, others: Collection) -> Result<Collection> {
    let columns = columns(&this, &others)?;
    // The first collection is a level itself, unless the list names it.
    let mut keys = Vec::new();
    if !columns.iter().any(|column| column.collection.is_same(&this)) {
        keys.push(Key { values: this.to_vec(), direction: Direction::Ascending });
    }
    for column in &columns {
        if let Some(direction) =
            column.level.or(column.collection.is_same(&this).then_some(Direction::Ascending))
        {
            keys.push(Key { values: column.collection.to_vec(), direction });
        }
    }
    let places = sort::order_by_keys(this.len(), &keys);
    rearrange(this, &columns, &places)
}

fn multi_sort_by(
    process: &mut Process,
    this: Collection,
    callback: Callback,
    others: Collection,
) -> Result<Collection> {
    let columns = columns(&this, &others)?;
    let places = places_by_callback(process, &this.to_vec(), &callback, &[])?;
    rearrange(this, &columns, &places)
}

fn rearrange(this: Collection, columns: &[Column], places: &[usize]) -> Result<Collection> {
    for column in columns.iter().filter(|column| !column.collection.is_same(&this)) {
        change(column.collection.clone(), |values| {
            *values = sort::permute(std::mem::take(values), places);
            Ok(())
        })?;
    }
    change(this, |values| {
        *values = sort::permute(std::mem::take(values), places);
        Ok(())
    })
}
